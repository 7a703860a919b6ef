package org.sdescript.algebra;

/** A formula beyond what can be worked with in reasonable time; said instead of hanging. */
public final class TooLarge extends ArithmeticException {
    private static final long serialVersionUID = 1;

    public TooLarge(String what) {
        super(what);
    }
}
