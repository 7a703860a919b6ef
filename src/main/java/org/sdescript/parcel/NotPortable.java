package org.sdescript.parcel;

/** Thrown for a value that has no portable form, such as a figure. */
final class NotPortable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPortable(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
