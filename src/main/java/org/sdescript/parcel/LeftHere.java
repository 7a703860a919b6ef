package org.sdescript.parcel;

import org.sdescript.check.Kind;
import org.sdescript.runtime.Value;

/**
 * The place of a value that has no portable form, in a process that the value was not sent to.
 *
 * @param what the value in words, such as {@code a figure}
 */
record LeftHere(String what) implements Value.Extension {
    @Override
    public Kind kind() {
        return Kind.NONE;
    }

    @Override
    public String words() {
        return what + ", which is not sent to the machines of a cluster";
    }

    @Override
    public String show() {
        return what + " (not sent)";
    }
}
