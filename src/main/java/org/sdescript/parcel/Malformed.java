package org.sdescript.parcel;

/** Thrown for bytes that are not a parcel of this version. */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String why) {
        super("this is not a parcel of this version of sde: " + why);
    }

    Malformed(String why, Throwable cause) {
        super("this is not a parcel of this version of sde: " + why, cause);
    }
}
