package org.sdescript.process;

import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Searches the inner times of a domain for the first fault. The ends are excluded: a coefficient may be singular there
 * although derived quantities have a limit.
 */
final class DomainScan {
    private static final int POINTS = 512;
    private static final int HALVINGS = 40;
    private static final int BISECTIONS = 60;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final double[] times;

    private DomainScan(double[] times) {
        this.times = times;
    }

    /** Creates a scan at equal steps, and at steps that double from the start, where a coefficient may change fast. */
    static DomainScan of(TimeDomain domain) {
        double width = domain.to() - domain.from();
        return new DomainScan(DoubleStream.concat(
                        IntStream.range(1, POINTS).mapToDouble(i -> domain.from() + width * i / POINTS),
                        IntStream.range(9, HALVINGS).mapToDouble(k -> domain.from() + width * Math.scalb(1, -k)))
                .filter(t -> t > domain.from() && t < domain.to())
                .sorted()
                .distinct()
                .toArray());
    }

    /** Returns the first time at which the condition holds, up to rounding. */
    OptionalDouble first(DoublePredicate wrong) {
        for (int i = 0; i < times.length; i++) {
            if (wrong.test(times[i])) {
                return OptionalDouble.of(i == 0 ? times[0] : bisected(times[i - 1], times[i], wrong));
            }
        }
        return OptionalDouble.empty();
    }

    private static double bisected(double good, double bad, DoublePredicate wrong) {
        double low = good;
        double high = bad;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = low + (high - low) / 2;
            if (wrong.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * Returns the first time at which a function is negative or NaN. Minima between the scanned times are located too.
     *
     * @param rounding tolerance below 0 for a function that touches 0, relative to its largest value
     */
    OptionalDouble firstNegative(DoubleUnaryOperator f, double rounding) {
        double largest = DoubleStream.of(times)
                .map(f)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        DoublePredicate wrong = t -> !(f.applyAsDouble(t) >= -rounding * largest);
        OptionalDouble found = first(wrong);
        for (int i = 1; i + 1 < times.length; i++) {
            double here = f.applyAsDouble(times[i]);
            if (found.isPresent() && times[i] > found.getAsDouble()) {
                return found;
            }
            if (here < f.applyAsDouble(times[i - 1]) && here <= f.applyAsDouble(times[i + 1])) {
                double lowest = minimum(f, times[i - 1], times[i + 1]);
                if (wrong.test(lowest)) {
                    return OptionalDouble.of(bisected(times[i - 1], lowest, wrong));
                }
            }
        }
        return found;
    }

    private static double minimum(DoubleUnaryOperator f, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < BISECTIONS; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (f.applyAsDouble(left) <= f.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }
}
