package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Interpolant;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/**
 * Evaluates a tabulated function of tensors in double precision: Σ cₖ Tₖ(u) on the panel of each element. The
 * polynomials T depend only on the grid, so functions on one grid share them in a kernel.
 */
final class TableInterpolation {
    private final Tensors tensors;
    private final Span span;

    private TableInterpolation(Tensors tensors, Span span) {
        this.tensors = tensors;
        this.span = span;
    }

    static Value of(Interpolant function, Value at, Tensors tensors, Span span) {
        return at instanceof Value.Num(double t)
                ? Value.number(function.at(t))
                : new TableInterpolation(tensors, span).of(function, at);
    }

    private Value of(Interpolant function, Value at) {
        Shape shape = tensors.shape(at);
        Value times = tensors.reshape(doubles(at), Shape.of(shape.elements(), 1), span);
        int columns = function.terms() + 2;
        Value rows = tensors.apply(
                new Operation.Gather(0),
                span,
                literal(Shape.of(function.panels(), columns), function.rows()),
                panels(function, times));
        Value distance = binary(BinaryOperation.SUBTRACT, times, slice(rows, 0, 1));
        Value u = binary(BinaryOperation.MULTIPLY, distance, slice(rows, 1, 2));
        Value series = binary(BinaryOperation.MULTIPLY, slice(rows, 2, columns), polynomials(u, function.terms()));
        return tensors.reshape(tensors.reduce(Reduction.SUM, series, List.of(1), false, span), shape, span);
    }

    private Value doubles(Value at) {
        return tensors.type(at) instanceof Type.Scalar
                ? tensors.apply(new Operation.Fill(DType.FLOAT64, Shape.SCALAR), span, at)
                : tensors.cast(at, DType.FLOAT64, span);
    }

    /** Returns the panel index of each time: the number of panels that begin at or before the time, less one. */
    private Value panels(Interpolant function, Value times) {
        Value begun = binary(
                BinaryOperation.GREATER_EQUAL, times, literal(Shape.of(1, function.panels()), function.starts()));
        Value count = tensors.reduce(Reduction.SUM, begun, List.of(1), false, span);
        Value place = binary(
                BinaryOperation.MAXIMUM,
                binary(BinaryOperation.SUBTRACT, tensors.cast(count, DType.FLOAT64, span), Value.number(1)),
                Value.number(0));
        return tensors.cast(place, DType.INT64, span);
    }

    /** Returns T₀(u), T₁(u), … as columns. */
    private Value polynomials(Value u, int terms) {
        List<Value> columns = new ArrayList<>();
        columns.add(tensors.apply(new Operation.Fill(DType.FLOAT64, tensors.shape(u)), span, Value.number(1)));
        columns.add(u);
        Value twice = binary(BinaryOperation.MULTIPLY, Value.number(2), u);
        while (columns.size() < terms) {
            int k = columns.size();
            columns.add(binary(
                    BinaryOperation.SUBTRACT,
                    binary(BinaryOperation.MULTIPLY, twice, columns.get(k - 1)),
                    columns.get(k - 2)));
        }
        return tensors.apply(new Operation.Concat(1), span, columns);
    }

    private Value slice(Value rows, long from, long to) {
        return tensors.apply(new Operation.Slice(1, from, to, 1), span, rows);
    }

    private Value literal(Shape shape, List<Double> values) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        return tensors.literal(DType.FLOAT64, shape, numbers, span);
    }

    private Value binary(BinaryOperation function, Value a, Value b) {
        return tensors.binary(function, a, b, span);
    }
}
