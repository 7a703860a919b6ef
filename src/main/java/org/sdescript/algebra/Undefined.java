package org.sdescript.algebra;

/** A formula that stands for no number, such as 1/0 or log 0: whoever builds it knows where it was written. */
public final class Undefined extends ArithmeticException {
    public Undefined(String what) {
        super(what);
    }
}
