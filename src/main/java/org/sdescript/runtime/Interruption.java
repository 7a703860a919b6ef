package org.sdescript.runtime;

/** Ctrl-C on its way out of the script. What was worth keeping has been kept by whoever let this pass. */
public final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Interruption() {
        super("interrupted", null, false, false);
    }
}
