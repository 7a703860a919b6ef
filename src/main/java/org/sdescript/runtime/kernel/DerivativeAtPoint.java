package org.sdescript.runtime.kernel;

import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The value and the derivative of a function f at a point x. The point and the result are numbers, tensors, or lists or
 * records of them.
 */
public sealed interface DerivativeAtPoint permits Differentiation, RecordedDifferentiation {

    /** Returns x as floating-point values. */
    Value point();

    /** Returns f(x). */
    Value result();

    /**
     * Returns Jᵀ v, in the structure of x.
     *
     * @param weights v: in the structure of f(x); a number in place of a tensor is broadcast
     * @param place the span of v in the script
     */
    Value backward(Value weights, Span place);

    /**
     * Returns J v, in the structure of f(x).
     *
     * @param tangents v: in the structure of x; a number in place of a tensor is broadcast
     * @param place the span of v in the script
     */
    Value forward(Value tangents, Span place);
}
