package org.sdescript.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Interpolant;
import org.sdescript.algebra.Text;
import org.sdescript.interrupt.StopRequest;

/**
 * Linear initial value problems y′ = M(t) y + r(t), solved as Chebyshev series by Picard's iteration on panels
 * (Clenshaw and Norton 1963). The iteration only integrates, so a component that starts as t³ has full relative accuracy
 * beside one that starts as t; for the same reason panels double in width from the start. A panel is halved where the
 * series or the iteration does not converge, down to kinks of the coefficients.
 */
final class LinearOdeSeries {
    private static final int DEGREE = 16;
    private static final int ITERATIONS = 60;
    private static final int MAXIMUM_PANELS = 4000;
    private static final int MAXIMUM_SAMPLED = 400;
    private static final double NARROWEST = 1e-13;
    private static final double TAIL = 2e-14;
    private static final double SETTLED = 32 * Math.ulp(1.0);

    /**
     * Ten times the rounding of a sum of twenty values of Chebyshev series; a hundred panels of it stay below 1e-10.
     */
    private static final double CHECKED = 1e-12;

    /** A component below this has no relative accuracy: t⁵⁹ begins with numbers that underflow. */
    private static final double NOTHING = 1e-150;

    private static final double[][] GAUSS = gauss(20);

    private static final double[] NODES = IntStream.rangeClosed(0, DEGREE)
            .mapToDouble(j -> -Math.cos(Math.PI * j / DEGREE))
            .toArray();
    /** Tₖ at node j. */
    private static final double[][] COSINES = IntStream.rangeClosed(0, DEGREE)
            .mapToObj(k -> IntStream.rangeClosed(0, DEGREE)
                    .mapToDouble(j -> Math.cos(Math.PI * k * (DEGREE - j) / DEGREE))
                    .toArray())
            .toArray(double[][]::new);

    private static final double[][] INTEGRATION = integration();

    private LinearOdeSeries() {}

    /** The right-hand side; coefficients depend on t alone and are computed once per node. */
    interface Slopes {
        int coefficientCount();

        /** True if no coefficient depends on t. */
        boolean isConstant();

        /**
         * Returns the number of integrations after which each component has influenced every component that it drives.
         */
        int depth();

        /** Sets the coefficients to 0 that do not multiply y. */
        void dropInhomogeneous(double[] coefficients);

        void coefficients(double t, double[] into);

        /** Computes y′, and the sizes of its terms, which bound its rounding. */
        void at(double[] coefficients, double[] y, double[] slope, double[] sizes);
    }

    /** Returns each component of y over [from, to]; the first panel has this width, each next is twice as wide. */
    static List<Interpolant> solve(Slopes slopes, double[] start, double from, double to, double first) {
        List<Double> breaks = new ArrayList<>(List.of(from));
        List<double[][]> panels = new ArrayList<>();
        double[] y = start.clone();
        double t = from;
        double width = first;
        double narrowest = (to - from) * NARROWEST;
        while (t < to) {
            boolean last = t + width >= to || to - (t + width) < narrowest;
            double end = last ? to : t + width;
            double[][] series = panel(slopes, y, t, end, width <= narrowest);
            if (series == null) {
                width = (end - t) / 2;
                continue;
            }
            panels.add(series);
            breaks.add(end);
            for (int k = 0; k < y.length; k++) {
                y[k] = Arrays.stream(series[k]).sum();
            }
            t = end;
            width *= 2;
            if (panels.size() > MAXIMUM_PANELS) {
                throw new ArithmeticException("the moments change too fast to be tabulated near t = " + Text.of(t));
            }
        }
        double[] grid = breaks.stream().mapToDouble(Double::doubleValue).toArray();
        return IntStream.range(0, start.length)
                .mapToObj(k -> new Interpolant(
                        grid, panels.stream().map(series -> series[k]).toArray(double[][]::new)))
                .toList();
    }

    /** Tabulates a function known by its values, on panels that double and are halved like those of a solution. */
    static Interpolant sampled(DoubleUnaryOperator f, double from, double to, double first) {
        List<Double> breaks = new ArrayList<>(List.of(from));
        List<double[]> panels = new ArrayList<>();
        double t = from;
        double width = first;
        while (t < to) {
            double end = t + width >= to || to - (t + width) < first ? to : t + width;
            double[][] values = new double[DEGREE + 1][1];
            for (int j = 0; j <= DEGREE; j++) {
                values[j][0] = f.applyAsDouble(t + (end - t) * (NODES[j] + 1) / 2);
            }
            double[] series = series(values, 0);
            if (!isShort(series, 0) && width > first) {
                width = (end - t) / 2;
                continue;
            }
            panels.add(series);
            breaks.add(end);
            t = end;
            width *= 2;
            if (panels.size() > MAXIMUM_SAMPLED) {
                throw new ArithmeticException("a function that changes too fast to be tabulated");
            }
        }
        double[] grid = breaks.stream().mapToDouble(Double::doubleValue).toArray();
        return new Interpolant(grid, panels.toArray(double[][]::new));
    }

    /** Tabulates a smooth function on equal panels, for functions whose scale of change is known. */
    static Interpolant sampledEvenly(DoubleUnaryOperator f, double from, double to, int panels) {
        double[] grid = IntStream.rangeClosed(0, panels)
                .mapToDouble(i -> i == panels ? to : from + (to - from) * i / panels)
                .toArray();
        double[][] series = new double[panels][];
        for (int i = 0; i < panels; i++) {
            double[][] values = new double[DEGREE + 1][1];
            for (int j = 0; j <= DEGREE; j++) {
                values[j][0] = f.applyAsDouble(grid[i] + (grid[i + 1] - grid[i]) * (NODES[j] + 1) / 2);
            }
            series[i] = series(values, 0);
        }
        return new Interpolant(grid, series);
    }

    /** Recomputes a table's panels from closed-form values, where all values of a panel are accurate. */
    static Interpolant improved(Interpolant table, Evaluation value, Evaluation condition, double worst) {
        List<Double> breaks = table.breaks();
        double[][] panels = new double[table.panels()][];
        for (int i = 0; i < panels.length; i++) {
            double from = breaks.get(i);
            double width = breaks.get(i + 1) - from;
            double[][] values = new double[DEGREE + 1][1];
            boolean trusted = true;
            for (int j = 0; j <= DEGREE && trusted; j++) {
                double t = from + width * (NODES[j] + 1) / 2;
                values[j][0] = value.at(t);
                trusted = condition.at(t) <= worst * Math.abs(values[j][0]);
            }
            panels[i] = trusted ? series(values, 0) : table.series(i);
        }
        return new Interpolant(breaks.stream().mapToDouble(Double::doubleValue).toArray(), panels);
    }

    /** Returns the series of each component on one panel; null if it does not converge. */
    private static double @Nullable [][] panel(Slopes slopes, double[] start, double from, double to, boolean anyhow) {
        int size = start.length;
        double[][] coefficients = new double[DEGREE + 1][slopes.coefficientCount()];
        for (int j = 0; j <= DEGREE; j++) {
            double t = from + (to - from) * (NODES[j] + 1) / 2;
            slopes.coefficients(t, coefficients[j]);
            for (double value : coefficients[j]) {
                if (!Double.isFinite(value)) {
                    throw new ArithmeticException("a coefficient has no value at t = " + Text.of(t));
                }
            }
        }
        double[][] y = new double[DEGREE + 1][];
        Arrays.setAll(y, j -> start.clone());
        double[][] sizes = new double[DEGREE + 1][size];
        boolean settled = slopes.isConstant()
                ? TaylorPanel.fill(slopes, coefficients[0], to - from, NODES, y, sizes)
                : picard(slopes, coefficients, start, (to - from) / 2, y, sizes);
        if (!settled && !anyhow) {
            return null;
        }
        double[][] series = new double[size][];
        for (int k = 0; k < size; k++) {
            series[k] = series(y, k);
            settled &= isShort(series[k], scale(sizes, k, to - from));
        }
        return anyhow || settled && holds(slopes, start, from, to, series) ? series : null;
    }

    /**
     * Compares the gain of each component over the panel with the integral of its slope by Gauss-Legendre quadrature,
     * whose points lie between the nodes: a kink or peak that the nodes miss is detected.
     */
    private static boolean holds(Slopes slopes, double[] start, double from, double to, double[][] series) {
        int size = start.length;
        double half = (to - from) / 2;
        double[] coefficients = new double[slopes.coefficientCount()];
        double[] y = new double[size];
        double[] slope = new double[size];
        double[] sizes = new double[size];
        double[] gained = new double[size];
        double[] scale = new double[size];
        for (int j = 0; j < GAUSS.length; j++) {
            double u = GAUSS[j][0];
            for (int k = 0; k < size; k++) {
                y[k] = Interpolant.sum(series[k], u);
            }
            slopes.coefficients(from + half * (u + 1), coefficients);
            slopes.at(coefficients, y, slope, sizes);
            for (int k = 0; k < size; k++) {
                gained[k] += half * GAUSS[j][1] * slope[k];
                scale[k] = Math.max(scale[k], Math.max(Math.abs(y[k]), 2 * half * sizes[k]));
            }
        }
        for (int k = 0; k < size; k++) {
            double change = Arrays.stream(series[k]).sum() - start[k];
            if (scale[k] >= NOTHING && !(Math.abs(gained[k] - change) <= CHECKED * scale[k])) {
                return false;
            }
        }
        return true;
    }

    /** Integrates repeatedly until nothing changes; false if this does not converge. */
    private static boolean picard(
            Slopes slopes, double[][] coefficients, double[] start, double half, double[][] y, double[][] sizes) {
        double[][] slope = new double[DEGREE + 1][start.length];
        for (int i = 0; i < slopes.depth() + ITERATIONS; i++) {
            StopRequest.poll();
            for (int j = 0; j <= DEGREE; j++) {
                slopes.at(coefficients[j], y[j], slope[j], sizes[j]);
            }
            if (integrate(slope, sizes, start, half, y)) {
                return true;
            }
        }
        return false;
    }

    /** y ← start + ∫ slope; true if nothing changed beyond rounding. */
    private static boolean integrate(double[][] slope, double[][] sizes, double[] start, double half, double[][] y) {
        boolean same = true;
        for (int k = 0; k < start.length; k++) {
            double largest = scale(sizes, k, 2 * half);
            if (largest == 0) {
                continue;
            }
            double change = 0;
            for (int j = 0; j <= DEGREE; j++) {
                double total = 0;
                for (int i = 0; i <= DEGREE; i++) {
                    total += INTEGRATION[j][i] * slope[i][k];
                }
                double value = start[k] + half * total;
                change = Math.max(change, Math.abs(value - y[j][k]));
                largest = Math.max(largest, Math.abs(value));
                y[j][k] = value;
            }
            same &= change <= SETTLED * largest;
        }
        return same;
    }

    /** Returns the Chebyshev coefficients of a component's values at the nodes. */
    private static double[] series(double[][] y, int component) {
        double[] c = new double[DEGREE + 1];
        for (int k = 0; k <= DEGREE; k++) {
            double total = 0;
            for (int j = 0; j <= DEGREE; j++) {
                double weight = j == 0 || j == DEGREE ? 0.5 : 1;
                total += weight * y[j][component] * COSINES[k][j];
            }
            c[k] = total * (k == 0 || k == DEGREE ? 1 : 2) / DEGREE;
        }
        return c;
    }

    /** Returns the sum of a component's slope terms over a panel; its rounding is a fraction of this sum. */
    private static double scale(double[][] sizes, int component, double width) {
        return width
                * Arrays.stream(sizes).mapToDouble(row -> row[component]).max().orElseThrow();
    }

    private static boolean isShort(double[] c, double scale) {
        if (scale < NOTHING) {
            return true;
        }
        double largest = Math.max(scale, Arrays.stream(c).map(Math::abs).max().orElseThrow());
        return Math.abs(c[DEGREE]) + Math.abs(c[DEGREE - 1]) <= TAIL * largest;
    }

    /** Returns the points and weights of Gauss-Legendre quadrature on [−1, 1]. */
    private static double[][] gauss(int count) {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(count);
        return IntStream.range(0, count)
                .mapToObj(i -> new double[] {rule.getPoint(i), rule.getWeight(i)})
                .toArray(double[][]::new);
    }

    /** Returns ∫ from −1 to node j of the polynomial that is 1 at node i and 0 at the others. */
    private static double[][] integration() {
        double[][] weights = new double[DEGREE + 1][DEGREE + 1];
        for (int i = 0; i <= DEGREE; i++) {
            double[][] unit = new double[DEGREE + 1][1];
            unit[i][0] = 1;
            double[] c = series(unit, 0);
            for (int j = 0; j <= DEGREE; j++) {
                weights[j][i] = integral(c, NODES[j]);
            }
        }
        return weights;
    }

    /** Integrates by ∫ Tₖ = T_{k+1}/(2(k+1)) − T_{k−1}/(2(k−1)), from −1 to u. */
    private static double integral(double[] c, double u) {
        double total = 0;
        for (int k = 0; k < c.length; k++) {
            total += c[k] * (primitive(k, u) - primitive(k, -1));
        }
        return total;
    }

    private static double primitive(int k, double u) {
        double angle = Math.acos(u);
        return switch (k) {
            case 0 -> u;
            case 1 -> u * u / 2;
            default -> Math.cos((k + 1) * angle) / (2 * (k + 1)) - Math.cos((k - 1) * angle) / (2 * (k - 1));
        };
    }
}
