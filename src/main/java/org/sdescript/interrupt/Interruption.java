package org.sdescript.interrupt;

/** Ctrl-C on its way out of the script. The code that lets this exception pass has kept what was worth keeping. */
public final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Interruption() {
        super("interrupted", null, false, false);
    }
}
