package org.sdescript.interrupt;

/** Thrown after Ctrl-C to leave the script. Code that this exception passes through has already saved its state. */
public final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Interruption() {
        super("interrupted", null, false, false);
    }
}
