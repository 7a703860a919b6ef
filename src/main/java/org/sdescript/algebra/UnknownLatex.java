package org.sdescript.algebra;

/** LaTeX that sde does not read: an unknown macro, or a missing end. */
public final class UnknownLatex extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    private UnknownLatex(String why, String latex) {
        super(why + ": " + latex);
        this.why = why;
    }

    static UnknownLatex part(String what, String latex) {
        return new UnknownLatex("sde reads no " + what + " in a formula", latex);
    }

    static UnknownLatex end(String latex) {
        return new UnknownLatex("a formula ends where a part of it is missing", latex);
    }

    /** Returns the reason without the formula. */
    public String why() {
        return why;
    }
}
