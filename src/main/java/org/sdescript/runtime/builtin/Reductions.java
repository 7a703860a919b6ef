package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.algebra.Elementary;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.ParameterType;
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
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;

/**
 * Reductions of many elements to fewer. {@code axis} is none (all axes), a number or a list of numbers; {@code keep}
 * keeps reduced axes with size 1. Lists of numbers are reduced in double precision; a reduction of the whole list
 * runs on the host, without the tensor engine.
 */
public final class Reductions implements BuiltinLibrary {
    private static final String ALONG =
            " Over all elements, or along `axis`: one axis or a list of axes, counted from 0 or,"
                    + " negative, from the end. With `keep`, the reduced axes stay with size 1.";

    @Override
    public Chapter theme() {
        return Chapter.TENSORS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                reduction("sum", "The sum.", "print(sum([1, 2, 3]))  # 6").is(Reductions::sum),
                reduction("mean", "The arithmetic mean.", "print(mean(tensor([1, 2, 6])))  # 3")
                        .is(Reductions::mean),
                extremum(
                        "min",
                        "The smallest element, or the smallest of several values.",
                        "print(min(2, 3), min(3, 1, 2))  # 2 1",
                        Reduction.MIN),
                extremum(
                        "max",
                        "The largest element, or the largest of several values.",
                        "print(max([2, 7, 3]))  # 7",
                        Reduction.MAX),
                reduction("var", "The variance, with n − 1 in the denominator.", "print(var(tensor([1, 2, 3])))  # 1")
                        .is(Reductions::variance),
                reduction(
                                "std",
                                "The standard deviation, with n − 1 in the denominator.",
                                "print(std(tensor([1, 2, 3])))  # 1")
                        .is(call -> call.tensors().unary(UnaryOperation.SQRT, variance(call), call.span())),
                reduction("norm", "The Euclidean norm.", "print(norm(tensor([3, 4])))  # 5")
                        .is(Reductions::norm),
                reduction(
                                "logsumexp",
                                "log Σ exp(x), safe for large x.",
                                "print(logsumexp(tensor([1000, 1000])))  # 1000.6932")
                        .is(Reductions::logSumExp),
                reduction(
                                "any",
                                "True if any element of a mask, or of a list of truth values, is true.",
                                "print(any([false, true]), any(tensor([1, 2]) > 5))  # true false")
                        .is(call -> BooleanReductions.reduced(call, Reduction.MAX)),
                reduction(
                                "all",
                                "True if all elements of a mask, or of a list of truth values, are true.",
                                "print(all([false, true]), all(tensor([1, 2]) > 0))  # false true")
                        .is(call -> BooleanReductions.reduced(call, Reduction.MIN)),
                Builtin.named("argmax", "x")
                        .option("axis", -1)
                        .wants("axis", ParameterType.AN_AXIS)
                        .doc("The position of the largest element along an axis, counted from 0.")
                        .example("print(argmax(tensor([1, 5, 2])))  # 1")
                        .is(Reductions::argMax),
                Builtin.named("softmax", "x")
                        .option("axis", -1)
                        .wants("axis", ParameterType.AN_AXIS)
                        .doc("exp(x)/Σ exp(x) along an axis.")
                        .example("print(softmax(tensor([1, 2, 3])))  # tensor([0.09003057, 0.24472848, 0.66524094])")
                        .is(Reductions::softmax));
    }

    private static Builtin.Declared reduction(String name, String doc, String example) {
        return Builtin.named(name, "x")
                .option("axis", Value.None.NONE)
                .option("keep", Value.Bool.FALSE)
                .wants("axis", ParameterType.AN_AXIS.orList())
                .wants("keep", ParameterType.A_BOOLEAN)
                .doc(doc + ALONG)
                .example(example);
    }

    private static Builtin extremum(String name, String doc, String example, Reduction function) {
        return Builtin.named(name, "x")
                .optional("y", Value.None.NONE)
                .rest()
                .option("axis", Value.None.NONE)
                .option("keep", Value.Bool.FALSE)
                .wants("axis", ParameterType.AN_AXIS.orList())
                .wants("keep", ParameterType.A_BOOLEAN)
                .doc(doc + ALONG)
                .example(example)
                .is(call -> extremum(call, function));
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
