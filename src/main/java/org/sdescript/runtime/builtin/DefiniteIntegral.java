package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Quadrature;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.FollowedParameters;

/**
 * ∫ f dt between two limits, in numbers.
 *
 * @param f a formula of t and of parameters
 */
record DefiniteIntegral(Expr f, Expr.Symbol t, Limit from, Limit to) {
    /**
     * The relative difference between quadrature and antiderivative above which a pole between the limits is
     * suspected.
     */
    private static final double AGREEMENT = 1e-10;

    /**
     * The relative width of a part between two jumps below which they count as one: rounding may put them in the wrong
     * order, so the function between them is not known. One node is exact enough for the value.
     */
    private static final double SHORT = 1e-7;

    /**
     * An end of the interval.
     *
     * @param given the number, or the tensor of shape [] that holds it
     */
    record Limit(double number, Value given) {
        boolean isTensor() {
            return !(given instanceof Value.Num);
        }
    }

    /** Returns a number; a tensor of shape [] where the formula or a limit has a parameter, for its derivative. */
    Value value(Call call) {
        SeveralNumbers.refuse(f, "an integral between two limits", "integrate each number by itself, `mu[0]`");
        return f.hasParameters() || from.isTensor() || to.isTensor() ? ofParameters(call) : Value.number(number(call));
    }

    private DoubleUnaryOperator integrand() {
        return Evaluation.of(f, t)::at;
    }

    /**
     * Returns the value by the antiderivative if quadrature agrees, which shows continuity between the limits; else
     * the value by quadrature.
     */
    private double number(Call call) {
        OptionalDouble measured = Quadrature.of(integrand(), from.number, to.number);
        if (measured.isEmpty()) {
            throw noValue(call);
        }
        double value = measured.getAsDouble();
        double exact = Double.isInfinite(from.number) || Double.isInfinite(to.number) ? value : closed();
        return Math.abs(exact - value) <= AGREEMENT * Math.abs(value) ? exact : value;
    }

    /** Returns the integral by the antiderivative; NaN without an antiderivative that has values at the limits. */
    private double closed() {
        return Integral.of(f, t)
                .flatMap(found -> Integral.difference(found, t, Expr.of(from.number), Expr.of(to.number)))
                .map(Evaluation::of)
                .orElse(Double.NaN);
    }

    private static SdeError noValue(Call call) {
        return call.diagnostic("E0644", "no value of the integral was found")
                .note("it diverges, or the function has no values somewhere between the limits")
                .help("look at the function there: `plot(line(t, map(t, f)))`")
                .raise();
    }

    /** Adds the parts between the places where the formula jumps or bends; they move with the parameters. */
    private Value ofParameters(Call call) {
        List<Limit> breaks = new Breaks(t, call).in(f, nodes(call));
        List<Limit> ends = new ArrayList<>(from.number <= to.number ? breaks : breaks.reversed());
        ends.addFirst(from);
        ends.addLast(to);
        Value total = Value.number(0);
        for (int i = 1; i < ends.size(); i++) {
            DefiniteIntegral between = new DefiniteIntegral(f, t, ends.get(i - 1), ends.get(i));
            boolean isShort = !breaks.isEmpty() && between.isShort();
            if (isShort) {
                FollowedParameters.refuse(f, "two jumps or bends of the integrand at one place", call.span());
            }
            Value part = between.ofContinuous(isShort ? List.of(between.middle()) : between.nodes(call), call);
            total = call.tensors().binary(BinaryOperation.ADD, total, part, call.span());
        }
        return call.tensors().cast(total, call.tensors().precision(), call.span());
    }

    /** Adds the values at the nodes as tensors: the derivative of the integral is the integral of the derivative. */
    private Value ofContinuous(List<Quadrature.Node> nodes, Call call) {
        Shape shape = Shape.of(nodes.size());
        double[] at = nodes.stream().mapToDouble(Quadrature.Node::at).toArray();
        double[] weights = nodes.stream().mapToDouble(Quadrature.Node::weight).toArray();
        Arithmetic in = new Arithmetic(call);
        Value places = in.literal(shape, at);
        Value sizes = in.literal(shape, weights);
        Value begin = in.moved(from);
        Value end = in.moved(to);
        if (Double.isFinite(from.number) && Double.isFinite(to.number)) {
            double width = to.number - from.number;
            double[] share = nodes.stream()
                    .mapToDouble(node -> width == 0 ? 0.5 : (node.at() - from.number) / width)
                    .toArray();
            Value stretch = in.of(BinaryOperation.SUBTRACT, end, begin);
            Value shift = in.of(
                    BinaryOperation.ADD, begin, in.of(BinaryOperation.MULTIPLY, in.literal(shape, share), stretch));
            places = in.of(BinaryOperation.ADD, places, shift);
            double[] relative = nodes.stream()
                    .mapToDouble(node -> width == 0 ? 1 : node.weight() / width)
                    .toArray();
            sizes = in.of(
                    BinaryOperation.ADD, sizes, in.of(BinaryOperation.MULTIPLY, in.literal(shape, relative), stretch));
        } else {
            places = in.of(BinaryOperation.ADD, places, Double.isFinite(from.number) ? begin : end);
        }
        Value values = FormulaEvaluation.exactly(f, Map.of(t, places), call.tensors(), call.span());
        Value terms = in.of(BinaryOperation.MULTIPLY, sizes, values);
        return call.tensors().reduce(Reduction.SUM, terms, List.of(0), false, call.span());
    }

    private boolean isShort() {
        return Math.abs(to.number - from.number) <= SHORT * Math.min(Math.abs(from.number), Math.abs(to.number));
    }

    private Quadrature.Node middle() {
        double width = to.number - from.number;
        return new Quadrature.Node(from.number + width / 2, width);
    }

    /** Returns the nodes from the lower limit to the upper; between equal limits the middle, with weight 0. */
    private List<Quadrature.Node> nodes(Call call) {
        if (from.number == to.number) {
            return List.of(middle());
        }
        double low = Math.min(from.number, to.number);
        double high = Math.max(from.number, to.number);
        double sign = from.number < to.number ? 1 : -1;
        return Quadrature.nodes(integrand(), low, high).orElseThrow(() -> noValue(call)).stream()
                .map(node -> new Quadrature.Node(node.at(), sign * node.weight()))
                .toList();
    }

    /** Arithmetic in double precision. */
    private record Arithmetic(Call call) {
        Value literal(Shape shape, double[] values) {
            return call.tensors().literal(DType.FLOAT64, shape, values, call.span());
        }

        Value of(BinaryOperation operation, Value a, Value b) {
            return call.tensors().binary(operation, a, b, call.span());
        }

        /** Returns 0 with the derivative of a finite limit: the limit less its number. */
        Value moved(Limit limit) {
            return limit.isTensor() && Double.isFinite(limit.number)
                    ? of(
                            BinaryOperation.SUBTRACT,
                            call.tensors().cast(limit.given, DType.FLOAT64, call.span()),
                            Value.number(limit.number))
                    : Value.number(0);
        }
    }
}
