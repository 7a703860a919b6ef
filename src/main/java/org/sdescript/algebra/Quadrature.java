package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Definite integrals in numbers by the double exponential rule (Takahasi and Mori 1974), which handles singular ends and
 * infinite ranges. An interval on which the rule does not converge, as at a kink, is halved; empty if that fails too.
 */
public final class Quadrature {
    private static final double TOLERANCE = 1e-12;
    private static final int LEVELS = 7;
    private static final int DEEPEST = 40;
    private static final int MOST_EVALUATIONS = 200_000;
    private static final double REACH = 4.2;

    /** A point of the rule, and the weight of the function's value there. */
    public record Node(double at, double weight) {}

    private final DoubleUnaryOperator f;

    /** The nodes of the sums that converged; their weighted values add up to the integral. */
    private final List<Node> nodes = new ArrayList<>();

    private int evaluations;

    /** ∫ |f| over the whole interval, as estimated by the last sum over it; the scale of the tolerance on a part. */
    private double size;

    private Quadrature(DoubleUnaryOperator f) {
        this.f = f;
    }

    public static OptionalDouble of(DoubleUnaryOperator f, double from, double to) {
        if (from == to) {
            return OptionalDouble.of(0);
        }
        if (from > to) {
            OptionalDouble turned = of(f, to, from);
            return turned.isPresent() ? OptionalDouble.of(-turned.getAsDouble()) : turned;
        }
        double value = new Quadrature(f).whole(from, to);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * Returns the nodes of the sums that {@link #of} adds, for functions of further variables.
     *
     * @param from the lower end; infinite ends are allowed
     */
    public static Optional<List<Node>> nodes(DoubleUnaryOperator f, double from, double to) {
        Quadrature rule = new Quadrature(f);
        return Double.isFinite(rule.whole(from, to)) ? Optional.of(List.copyOf(rule.nodes)) : Optional.empty();
    }

    private double whole(double from, double to) {
        if (Double.isInfinite(from) && Double.isInfinite(to)) {
            return toInfinity(x -> x) + toInfinity(x -> -x);
        }
        if (Double.isInfinite(to)) {
            return toInfinity(x -> from + x);
        }
        return Double.isInfinite(from) ? toInfinity(x -> to - x) : finite(from, to, 0);
    }

    /** @param place the argument of f for a number of [0, ∞) */
    private double toInfinity(DoubleUnaryOperator place) {
        Quadrature beginning = new Quadrature(x -> f.applyAsDouble(place.applyAsDouble(x)));
        double near = beginning.finite(0, 1, 0);
        beginning.nodes.forEach(node -> nodes.add(new Node(place.applyAsDouble(node.at()), node.weight())));
        return near + settled(u -> tail(place, u), Math.abs(near));
    }

    /** Maps [1, ∞) by x = 1 + exp(π/2 sinh u), and multiplies by dx/du. */
    private static Node tail(DoubleUnaryOperator place, double u) {
        double x = Math.exp(Math.PI / 2 * Math.sinh(u));
        return new Node(place.applyAsDouble(1 + x), x * Math.PI / 2 * Math.cosh(u));
    }

    private double finite(double from, double to, int depth) {
        double half = (to - from) / 2;
        double value = settled(u -> node(from, to, half, u), depth == 0 ? 0 : size);
        if (Double.isFinite(value) || depth >= DEEPEST || evaluations > MOST_EVALUATIONS) {
            return value;
        }
        double middle = from + half;
        double left = finite(from, middle, depth + 1);
        return Double.isNaN(left) ? left : left + finite(middle, to, depth + 1);
    }

    /**
     * Maps by x = tanh(π/2 sinh u); x is computed from the nearer end, so that a singularity there is resolved with all
     * digits.
     */
    private static Node node(double from, double to, double half, double u) {
        double q = Math.exp(-Math.PI * Math.sinh(Math.abs(u)));
        double gap = 2 * half * q / (1 + q);
        double x = u > 0 ? to - gap : from + gap;
        double weight = half * 2 * Math.PI * Math.cosh(u) * q / ((1 + q) * (1 + q));
        return new Node(x, x <= from || x >= to ? 0 : weight);
    }

    private double weighted(Node node) {
        double value = node.weight() == 0 ? 0 : f.applyAsDouble(node.at());
        return value == 0 ? 0 : value * node.weight();
    }

    /** Applies the trapezoidal rule with half the step each time until two sums agree; NaN if they never do. */
    private double settled(DoubleFunction<Node> map, double scale) {
        double step = 0.5;
        double sum = 0;
        double sizes = 0;
        double before = Double.NaN;
        for (int level = 0; level < LEVELS; level++, step /= 2) {
            int count = (int) (REACH / step);
            for (int i = -count; i <= count; i++) {
                if (level == 0 || i % 2 != 0) {
                    double value = weighted(map.apply(i * step));
                    sum += value;
                    sizes += Math.abs(value);
                    evaluations++;
                }
            }
            double total = sum * step;
            if (Math.abs(total - before) <= TOLERANCE * Math.max(scale, sizes * step)) {
                keep(map, step);
                return total;
            }
            before = total;
        }
        if (scale == 0 && Double.isFinite(sizes)) {
            size = sizes * step * 2;
        }
        return Double.NaN;
    }

    /** Keeps the nodes of a sum, except where the function vanishes faster than the weight grows. */
    private void keep(DoubleFunction<Node> map, double step) {
        int count = (int) (REACH / step);
        for (int i = -count; i <= count; i++) {
            Node node = map.apply(i * step);
            double weight = node.weight() * step;
            if (weight != 0 && Double.isFinite(weight) && Double.isFinite(node.at())) {
                nodes.add(new Node(node.at(), weight));
            }
        }
    }
}
