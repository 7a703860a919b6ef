package org.sdescript.algebra;

/** LaTeX that sde does not read: an unknown macro, or a missing end. */
public final class UnknownLatex extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String what;

    UnknownLatex(String what, String latex) {
        super("sde reads no " + what + " in a formula: " + latex);
        this.what = what;
    }

    /** Returns the unknown part. */
    public String what() {
        return what;
    }
}
