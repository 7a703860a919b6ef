package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.sdescript.algebra.Condition.Relation;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Quadrature;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.FollowedParameters;

/**
 * The places where a formula of t jumps or bends: the zeros of the conditions of its choices, and of the arguments of
 * sign and abs. They are ends of the parts of an integral, since the derivative by a parameter on which a place depends
 * has a term for the jump there, which the function between the places does not have.
 *
 * @param t the variable; all else in the formula are numbers and parameters
 */
record Breaks(Expr.Symbol t, Call call) {
    /** Newton steps for a place as a function of the parameters: two give its derivatives up to the third order. */
    private static final int STEPS = 2;

    /** The distance over which a tangent is compared with a chord, relative to the place or to 1. */
    private static final double NEAR = 1e-5;

    /** The share of the chord's slope below which a tangent counts as flat. */
    private static final double FLAT = 0.01;

    /** Returns the places between the lower and the upper end of these nodes, in ascending order. */
    List<DefiniteIntegral.Limit> in(Expr f, List<Quadrature.Node> nodes) {
        double[] at = nodes.stream().mapToDouble(Quadrature.Node::at).sorted().toArray();
        Set<Expr> switches = new LinkedHashSet<>();
        collect(f.expandCalls(), switches);
        List<DefiniteIntegral.Limit> found = new ArrayList<>();
        for (Expr u : switches) {
            zeros(Evaluation.of(u, t)::at, at).forEach(zero -> found.add(place(u, zero)));
        }
        found.sort((a, b) -> Double.compare(a.number(), b.number()));
        return found;
    }

    private void collect(Expr e, Set<Expr> switches) {
        switch (e) {
            case Expr.Choice(var condition, var then, var otherwise)
            when condition.relation() != Relation.ZERO -> add(condition.of(), switches);
            case Expr.Apply apply -> {
                switch (apply.function()) {
                    case SIGN, ABS -> add(apply.argument(), switches);
                    case MIN, MAX ->
                        add(apply.argument().minus(apply.arguments().get(1)), switches);
                    default -> {}
                }
            }
            default -> {}
        }
        e.children().forEach(child -> collect(child, switches));
    }

    private void add(Expr u, Set<Expr> switches) {
        if (!u.isFreeOf(t) && !switches.contains(u.negate())) {
            switches.add(u);
        }
    }

    /** Returns the places between these where the sign changes, as exactly as doubles are. */
    private static List<Double> zeros(DoubleUnaryOperator u, double[] at) {
        List<Double> zeros = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            double low = at[i - 1];
            double high = at[i];
            boolean isPositive = u.applyAsDouble(low) > 0;
            if (isPositive != u.applyAsDouble(high) > 0) {
                double middle = low + (high - low) / 2;
                while (low < middle && middle < high) {
                    if (u.applyAsDouble(middle) > 0 == isPositive) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                    middle = low + (high - low) / 2;
                }
                zeros.add(high);
            }
        }
        return zeros;
    }

    /** Returns a zero of u, with its derivatives by the parameters of u. */
    private DefiniteIntegral.Limit place(Expr u, double zero) {
        if (!u.hasParameters()) {
            return new DefiniteIntegral.Limit(zero, Value.number(zero));
        }
        Expr slope = Derivative.of(u, t);
        if (!isSimple(Evaluation.of(u, t)::at, Evaluation.of(slope, t).at(zero), zero)) {
            FollowedParameters.refuse(u, "the jump or bend of the integrand where " + u + " = 0", call.span());
            return new DefiniteIntegral.Limit(zero, Value.number(zero));
        }
        Value place = Value.number(zero);
        for (int i = 0; i < STEPS; i++) {
            Value step = of(BinaryOperation.DIVIDE, at(u, place), at(slope, place));
            place = of(BinaryOperation.SUBTRACT, place, step);
        }
        return new DefiniteIntegral.Limit(zero, place);
    }

    /** True if u crosses zero there as its tangent does; false at a multiple zero, a pole, and a jump of u itself. */
    private static boolean isSimple(DoubleUnaryOperator u, double slope, double zero) {
        double near = NEAR * Math.max(1, Math.abs(zero));
        double chord = (u.applyAsDouble(zero + near) - u.applyAsDouble(zero - near)) / (2 * near);
        return Math.abs(u.applyAsDouble(zero) / slope) <= NEAR * near && !(Math.abs(slope) < FLAT * Math.abs(chord));
    }

    private Value at(Expr e, Value place) {
        return FormulaEvaluation.exactly(e, Map.of(t, place), call.tensors(), call.span());
    }

    private Value of(BinaryOperation operation, Value a, Value b) {
        return call.tensors().binary(operation, a, b, call.span());
    }
}
