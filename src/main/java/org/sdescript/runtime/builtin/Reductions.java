package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.algebra.Elementary;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;

/**
 * Reductions of many elements to fewer. {@code axis} is none (all axes), a number or a list of numbers; {@code keep}
 * keeps reduced axes with size 1. Lists of numbers are reduced in double precision; a reduction of the whole list
 * runs on the host, without the tensor engine.
 */
public final class Reductions implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("sum", Reductions::sum),
                Map.entry("mean", Reductions::mean),
                Map.entry("min", call -> extremum(call, Reduction.MIN)),
                Map.entry("max", call -> extremum(call, Reduction.MAX)),
                Map.entry("var", Reductions::variance),
                Map.entry("std", call -> call.tensors().unary(UnaryOperation.SQRT, variance(call), call.span())),
                Map.entry("norm", Reductions::norm),
                Map.entry("logsumexp", Reductions::logSumExp),
                Map.entry("any", call -> BooleanReductions.reduced(call, Reduction.MAX)),
                Map.entry("all", call -> BooleanReductions.reduced(call, Reduction.MIN)),
                Map.entry("argmax", Reductions::argMax),
                Map.entry("softmax", Reductions::softmax));
    }

    private static Value extremum(Call call, Reduction function) {
        BinaryOperation pairwise = function == Reduction.MIN ? BinaryOperation.MINIMUM : BinaryOperation.MAXIMUM;
        if (call.given("y").isPresent()) {
            return Stream.concat(Stream.of(call.value("x"), call.value("y")), call.rest().stream())
                    .reduce((a, b) -> pair(call, a, b, pairwise))
                    .orElseThrow();
        }
        if (asWhole(call) && call.value("x") instanceof Value.ListValue(var elements)) {
            return elements.stream()
                    .reduce((a, b) -> pair(call, a, b, pairwise))
                    .orElseThrow(() -> call.error("E0422", "an empty list has no " + call.name()));
        }
        return reduce(call, function);
    }

    private static Value pair(Call call, Value a, Value b, BinaryOperation function) {
        if (a instanceof Value.FormulaValue || b instanceof Value.FormulaValue) {
            return Formulas.apply(
                    function == BinaryOperation.MINIMUM ? Elementary.MIN : Elementary.MAX, call.span(), a, b);
        }
        return call.tensors()
                .binary(
                        function,
                        call.tensors().require(a, "an argument of " + call.name(), call.span()),
                        call.tensors().require(b, "an argument of " + call.name(), call.span()),
                        call.span());
    }

    private static Value sum(Call call) {
        if (asWhole(call) && call.value("x") instanceof Value.ListValue(var elements)) {
            return elements.stream()
                    .reduce((a, b) -> ValueArithmetic.binary(BinaryOperator.ADD, a, b, call.tensors(), call.span()))
                    .orElse(Value.number(0));
        }
        return reduce(call, Reduction.SUM);
    }

    private static Value operand(Call call) {
        if (call.value("x") instanceof Value.ListValue(var elements)) {
            if (elements.isEmpty()) {
                throw call.error("E0422", "an empty list has no " + call.name());
            }
            return TensorCreation.fromList(call.value("x"), call, DType.FLOAT64);
        }
        return call.tensor("x");
    }

    private static List<Integer> axes(Call call, Value x) {
        return call.tensors().axes(call.value("axis"), call.tensors().shape(x).rank(), call.span());
    }

    private static Value reduce(Call call, Reduction function) {
        Value x = operand(call);
        return reduce(call, function, x, axes(call, x), call.isTrue("keep"));
    }

    private static Value reduce(Call call, Reduction function, Value x, List<Integer> axes, boolean keep) {
        boolean whole = function == Reduction.MEAN
                && call.tensors().type(x) instanceof org.sdescript.graph.Type.TensorType(var dtype, var shape)
                && !dtype.isFloating();
        Value floating = whole ? call.tensors().cast(x, call.tensors().precision(), call.span()) : x;
        return call.tensors().reduce(function, floating, axes, keep, call.span());
    }

    private static Value mean(Call call) {
        return numbers(call)
                .map(v -> Value.number(mean(v)))
                .map(Value.class::cast)
                .orElseGet(() -> reduce(call, Reduction.MEAN));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /** True if all elements are reduced to one. */
    private static boolean asWhole(Call call) {
        return call.given("axis").isEmpty() && !call.isTrue("keep");
    }

    /** Returns the elements of a list of numbers that is reduced as a whole. */
    private static Optional<double[]> numbers(Call call) {
        return asWhole(call)
                        && call.value("x") instanceof Value.ListValue(var elements)
                        && !elements.isEmpty()
                        && elements.stream().allMatch(Value.Num.class::isInstance)
                ? Optional.of(elements.stream()
                        .mapToDouble(element -> ((Value.Num) element).value())
                        .toArray())
                : Optional.empty();
    }

    private static Value variance(Call call) {
        return numbers(call)
                .map(Reductions::variance)
                .map(Value::number)
                .map(Value.class::cast)
                .orElseGet(() -> varianceOfTensor(call));
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1);
    }

    private static Value varianceOfTensor(Call call) {
        Value x = operand(call);
        List<Integer> axes = axes(call, x);
        Value centred = call.tensors()
                .binary(BinaryOperation.SUBTRACT, x, reduce(call, Reduction.MEAN, x, axes, true), call.span());
        Value squares = call.tensors().unary(UnaryOperation.SQUARE, centred, call.span());
        Value total = call.tensors().reduce(Reduction.SUM, squares, axes, call.isTrue("keep"), call.span());
        Shape shape = call.tensors().shape(x);
        double count = axes.stream().mapToDouble(shape::size).reduce(1, (a, b) -> a * b);
        return call.tensors().binary(BinaryOperation.DIVIDE, total, Value.number(Math.max(1, count - 1)), call.span());
    }

    private static Value norm(Call call) {
        Value x = operand(call);
        Value squares = call.tensors().unary(UnaryOperation.SQUARE, x, call.span());
        Value total = call.tensors().reduce(Reduction.SUM, squares, axes(call, x), call.isTrue("keep"), call.span());
        return call.tensors().unary(UnaryOperation.SQRT, total, call.span());
    }

    private static Value logSumExp(Call call) {
        Value x = operand(call);
        List<Integer> axes = axes(call, x);
        Value largest = shift(call, x, axes);
        Value shifted = call.tensors().binary(BinaryOperation.SUBTRACT, x, largest, call.span());
        Value total = call.tensors()
                .reduce(
                        Reduction.SUM,
                        call.tensors().unary(UnaryOperation.EXP, shifted, call.span()),
                        axes,
                        call.isTrue("keep"),
                        call.span());
        Value kept = call.tensors().reshape(largest, call.tensors().shape(total), call.span());
        return call.tensors()
                .binary(
                        BinaryOperation.ADD,
                        call.tensors().unary(UnaryOperation.LOG, total, call.span()),
                        kept,
                        call.span());
    }

    /** Returns the largest element without gradient, the shift of x that leaves the result unchanged. */
    private static Value shift(Call call, Value x, List<Integer> axes) {
        Value largest = call.tensors().reduce(Reduction.MAX, x, axes, true, call.span());
        return call.tensors().detach(largest, call.span());
    }

    private static Value argMax(Call call) {
        Value x = operand(call);
        int axis =
                call.tensors().axis(call.value("axis"), call.tensors().shape(x).rank(), call.span());
        boolean isMask =
                call.tensors().type(x) instanceof Type.TensorType(DType dtype, var shape) && dtype == DType.BOOL;
        Value numbers = isMask ? call.tensors().cast(x, DType.INT64, call.span()) : x;
        return call.tensors().apply(new Operation.ArgMax(axis), call.span(), numbers);
    }

    private static Value softmax(Call call) {
        Value x = operand(call);
        int axis =
                call.tensors().axis(call.value("axis"), call.tensors().shape(x).rank(), call.span());
        return call.tensors().apply(new Operation.Softmax(axis), call.span(), x);
    }
}
