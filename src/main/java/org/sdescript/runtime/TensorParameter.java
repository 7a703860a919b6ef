package org.sdescript.runtime;

import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.ParameterNumbers;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/**
 * The holder of a formula's parameter: a tensor of one number, of a number for each component of a sample, or of a row
 * for each sample. Formulas compute with the tensor elementwise, so that derivatives by the parameter exist.
 *
 * @param value a tensor, or a traced tensor whose numbers are not known yet
 * @param tensors evaluates formulas of the parameter
 * @param span the place at which the tensor became part of a formula
 */
public record TensorParameter(Value.TensorLike value, Tensors tensors, Span span) implements ParameterNumbers {

    /**
     * Returns the value of a name as a formula; unchanged if it is no tensor of real numbers, and a number that is not
     * finite if the tensor has one.
     */
    static Value formula(String name, Value given, Tensors tensors, Span span) {
        if (!(given instanceof Value.TensorLike its) || !isReal(its, tensors)) {
            return given;
        }
        TensorParameter held = new TensorParameter(its, tensors, span);
        double[] numbers = held.numbers();
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                return Value.number(number);
            }
        }
        return new Value.FormulaValue(held.parameter(name, numbers));
    }

    /** Returns a parameter of these numbers, which are those of a tensor that derives from parameters of a formula. */
    public static Expr.Parameter derived(String name, Value.TensorLike value, Tensors tensors, Span span) {
        TensorParameter held = new TensorParameter(value, tensors, span);
        return held.parameter(name, held.numbers());
    }

    /** True for a tensor whose elements can stand in formulas: floating-point numbers, at least one. */
    private static boolean isReal(Value.TensorLike value, Tensors tensors) {
        return tensors.type(value) instanceof Type.TensorType(DType dtype, Shape shape)
                && dtype.isFloating()
                && shape.elements() > 0;
    }

    /** True for a tensor that is not of shape []: where a name is no operand, the tensor itself is meant. */
    static boolean isOfSeveral(@Nullable Value value, Tensors tensors) {
        return value instanceof Value.TensorLike its
                && Tensors.isTensor(its)
                && tensors.shape(its).rank() > 0;
    }

    /** The tensor stays as long as a formula leads to it, which no memory scope sees. */
    private Expr.Parameter parameter(String name, double[] numbers) {
        if (value instanceof Value.TensorValue its) {
            its.tensor().retain();
        }
        return numbers.length == 0
                ? new Expr.Parameter(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, this)
                : new Expr.Parameter(
                        name,
                        DoubleStream.of(numbers).min().orElseThrow(),
                        DoubleStream.of(numbers).max().orElseThrow(),
                        this);
    }

    @Override
    public double[] numbers() {
        return value instanceof Value.TensorValue its ? its.tensor().peek() : new double[0];
    }

    public Shape shape() {
        return tensors.shape(value);
    }

    /** Returns the parameter for a part of the samples: of a tensor of one row for each, those rows. */
    Expr.Parameter forSamples(Expr.Parameter all, int from, int count, Span at) {
        TensorParameter rows = new TensorParameter(
                (Value.TensorLike) SampleSlices.some(value, from, count, tensors, at), tensors, span);
        if (rows.value instanceof Value.TensorValue its) {
            its.tensor().retain();
        }
        return new Expr.Parameter(all.name(), all.low(), all.high(), rows);
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
        return "parameter " + (value instanceof Value.TensorValue its ? its.tensor() : value);
    }
}
