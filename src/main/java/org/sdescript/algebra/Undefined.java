package org.sdescript.algebra;

/** Thrown if a formula has no value, such as 1/0 or log 0. The caller adds the position in the source. */
public final class Undefined extends ArithmeticException {
    public Undefined(String what) {
        super(what);
    }
}
