package org.sdescript.process;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Interpolant;
import org.sdescript.algebra.Term;

/**
 * The moments of an affine system in numbers: Φ′ = AΦ, m′ = Am + c, Σ′ = AΣ + ΣAᵀ + Q (Särkkä and Solin 2019, eq. 6.2)
 * from Φ = 1, m = 0, Σ = 0. {@link LinearOdeSeries} solves them as Chebyshev series with the relative accuracy of
 * doubles in every entry.
 */
final class MomentTables implements LinearOdeSeries.Slopes {
    /** Largest ratio of the terms of a trusted closed form to their sum; the rounding error grows by this ratio. */
    private static final double WORST_CONDITION = 100;

    /** The width of the first panel, as a share of the whole: beyond it a power of t has full accuracy. */
    private static final double FIRST = 0x1p-48;

    /**
     * Start of a table whose coefficients are integrable but have no value at 0; the integral up to here is below
     * rounding.
     */
    private static final double BESIDE_ZERO = 0x1p-100;

    private final int n;
    private final List<Evaluation> coefficients;

    private final boolean constant;

    /** The columns in which a row of A is not identically 0. */
    private final int[][] driving;

    private MomentTables(AffineSystem system) {
        this.n = system.size();
        Map<Expr, Evaluation> compiled = new HashMap<>();
        this.coefficients = system.coefficients()
                .map(e -> compiled.computeIfAbsent(e, its -> Evaluation.of(its, system.time())))
                .toList();
        this.constant = system.coefficients().allMatch(e -> e.isFreeOf(system.time()));
        this.driving = system.slope().rows().stream()
                .map(row ->
                        IntStream.range(0, n).filter(k -> !row.get(k).isZero()).toArray())
                .toArray(int[][]::new);
    }

    /** True if every coefficient is finite at this time. */
    static boolean isDefined(AffineSystem system, double t) {
        double[] values = new double[system.size() * (2 * system.size() + 1)];
        new MomentTables(system).coefficients(t, values);
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** True if every coefficient is integrable from 0, though perhaps without a value there. */
    static boolean isIntegrable(AffineSystem system, double to) {
        return new MomentTables(system)
                .coefficients.stream().allMatch(e -> org.sdescript.algebra.Quadrature.of(e::at, 0, to / 64)
                        .isPresent());
    }

    /** Tabulates the moments as functions of an argument that runs as the system's time does. */
    static Moments of(AffineSystem system, double from, double to, Expr argument) {
        int n = system.size();
        MomentTables tables = new MomentTables(system);
        double[] start = new double[n * n + n + n * n];
        for (int i = 0; i < n; i++) {
            start[i * n + i] = 1;
        }
        boolean beside = from == 0 && !isDefined(system, 0) && isIntegrable(system, to);
        double begin = beside ? to * BESIDE_ZERO : from;
        double first = beside ? begin : (to - from) * FIRST;
        List<Interpolant> values = LinearOdeSeries.solve(tables, start, begin, to, first);
        return new Moments(
                Matrix.of(n, n, (i, j) -> entry("Φ", i, j, values.get(i * n + j), argument, n)),
                IntStream.range(0, n)
                        .mapToObj(i -> entry("m", i, i, values.get(n * n + i), argument, n))
                        .toList(),
                Matrix.of(
                        n,
                        n,
                        (i, j) -> entry(
                                "Σ", Math.min(i, j), Math.max(i, j), values.get(n * n + n + i * n + j), argument, n)));
    }

    private static Expr entry(String name, int i, int j, Interpolant values, Expr argument, int n) {
        if (values.isZero()) {
            return Expr.ZERO;
        }
        String place = n == 1 ? "" : i == j && name.equals("m") ? "_" + (i + 1) : "_" + (i + 1) + (j + 1);
        return new Expr.Tabulated(name + place, 0, values, argument);
    }

    @Override
    public int coefficientCount() {
        return coefficients.size();
    }

    @Override
    public boolean isConstant() {
        return constant;
    }

    @Override
    public int depth() {
        return 2 * n;
    }

    @Override
    public void dropInhomogeneous(double[] coefficients) {
        Arrays.fill(coefficients, n * n, coefficients.length, 0);
    }

    @Override
    public void coefficients(double t, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = coefficients.get(k).at(t);
        }
    }

    @Override
    public void at(double[] c, double[] y, double[] slope, double[] sizes) {
        int m = n * n;
        int p = m + n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int phi = i * n + j;
                int sigma = p + i * n + j;
                reset(phi, 0, slope, sizes);
                reset(sigma, c[m + n + i * n + j], slope, sizes);
                for (int k : driving[i]) {
                    add(phi, c[i * n + k] * y[k * n + j], slope, sizes);
                    add(sigma, c[i * n + k] * y[p + k * n + j], slope, sizes);
                }
                for (int k : driving[j]) {
                    add(sigma, c[j * n + k] * y[p + i * n + k], slope, sizes);
                }
            }
            reset(m + i, c[m + i], slope, sizes);
            for (int k : driving[i]) {
                add(m + i, c[i * n + k] * y[m + k], slope, sizes);
            }
        }
    }

    private static void reset(int k, double term, double[] slope, double[] sizes) {
        slope[k] = term;
        sizes[k] = Math.abs(term);
    }

    private static void add(int k, double term, double[] slope, double[] sizes) {
        slope[k] += term;
        sizes[k] += Math.abs(term);
    }

    /** Replaces table values by values of a closed form wherever its terms do not cancel. */
    static Moments improved(Moments tables, Moments closed, Symbol tau) {
        return new Moments(
                Matrix.of(
                        tables.map().height(),
                        tables.map().width(),
                        (i, j) -> improved(tables.map().at(i, j), closed.map().at(i, j), tau)),
                IntStream.range(0, tables.offset().size())
                        .mapToObj(i ->
                                improved(tables.offset().get(i), closed.offset().get(i), tau))
                        .toList(),
                Matrix.of(
                        tables.covariance().height(),
                        tables.covariance().width(),
                        (i, j) -> improved(
                                tables.covariance().at(i, j),
                                closed.covariance().at(i, j),
                                tau)));
    }

    private static Expr improved(Expr entry, Expr closed, Symbol tau) {
        if (!(entry instanceof Expr.Tabulated table)) {
            return entry;
        }
        List<Expr> terms = Term.termsOf(Expansion.of(closed));
        Expr sizes = Expr.sum(
                terms.stream().map(term -> Expr.apply(Elementary.ABS, term)).toList());
        Interpolant better = LinearOdeSeries.improved(
                table.values(), Evaluation.of(closed, tau), Evaluation.of(sizes, tau), WORST_CONDITION);
        return new Expr.Tabulated(table.name(), table.order(), better, table.argument());
    }
}
