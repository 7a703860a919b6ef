package org.sdescript.algebra;

/** Thrown if a formula is too large to be processed in reasonable time; prevents a hang. */
public final class TooLarge extends ArithmeticException {
    private static final long serialVersionUID = 1;

    public TooLarge(String what) {
        super(what);
    }
}
