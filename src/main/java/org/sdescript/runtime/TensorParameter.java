package org.sdescript.runtime;

import org.sdescript.algebra.Expr;
import org.sdescript.backend.Tensor;
import org.sdescript.source.Span;

/**
 * The holder of a formula's parameter: a tensor of shape []. Formulas compute with the tensor, so that derivatives by
 * the parameter exist.
 *
 * @param tensors evaluates formulas of the parameter
 * @param span the place at which the tensor became part of a formula
 */
public record TensorParameter(Value.TensorValue value, Tensors tensors, Span span) {

    /** Returns the value of a name as a formula, or the value itself if it is no number. */
    static Value formula(String name, Value value, Tensors tensors, Span span) {
        if (!(value instanceof Value.TensorValue its)
                || its.tensor().shape().rank() > 0
                || !its.tensor().dtype().isFloating()) {
            return value;
        }
        double number = its.tensor().peek()[0];
        return Double.isFinite(number)
                ? new Value.FormulaValue(new TensorParameter(its, tensors, span).parameter(name, number))
                : Value.number(number);
    }

    /** The tensor stays as long as a formula leads to it, which no memory scope sees. */
    private Expr.Parameter parameter(String name, double number) {
        value.tensor().retain();
        return new Expr.Parameter(name, number, this);
    }

    /** True if a derivative by the parameter is under way. */
    public boolean isFollowed() {
        return tensors.isFollowed(value);
    }

    /** Holders of the same tensor are equal, wherever the tensor became part of a formula. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TensorParameter its && its.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        Tensor tensor = value.tensor();
        return "parameter " + tensor;
    }
}
