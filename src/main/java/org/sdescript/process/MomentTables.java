package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Interpolant;

/**
 * The moments of an affine system as numbers: Φ′ = AΦ, m′ = Am + c, Σ′ = AΣ + ΣAᵀ + Q (Särkkä & Solin 2019, eq. 6.2) from Φ =
 * 1, m = 0, Σ = 0. {@link Quadrature} gives them as Chebyshev series with the relative accuracy of doubles in every entry.
 */
final class MomentTables implements Quadrature.Slopes {
    private final int n;
    private final List<Evaluation> coefficients = new ArrayList<>();

    private MomentTables(AffineSystem system) {
        this.n = system.size();
        Symbol t = system.time();
        system.slope().rows().forEach(row -> row.forEach(e -> coefficients.add(Evaluation.of(e, t))));
        system.constant().forEach(e -> coefficients.add(Evaluation.of(e, t)));
        system.rate().rows().forEach(row -> row.forEach(e -> coefficients.add(Evaluation.of(e, t))));
    }

    /** Whether every coefficient is a number at this time. */
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

    /** Functions of an argument that runs as the system's time does. */
    static Moments of(AffineSystem system, double from, double to, Expr argument) {
        int n = system.size();
        MomentTables tables = new MomentTables(system);
        double[] start = new double[n * n + n + n * n];
        for (int i = 0; i < n; i++) {
            start[i * n + i] = 1;
        }
        List<Interpolant> values = Quadrature.solve(tables, start, from, to);
        return new Moments(
                Matrix.of(n, n, (i, j) -> entry("Φ", i, j, values.get(i * n + j), argument, n)),
                java.util.stream.IntStream.range(0, n)
                        .mapToObj(i -> entry("m", i, i, values.get(n * n + i), argument, n))
                        .toList(),
                Matrix.of(n, n, (i, j) -> entry(
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
    public void coefficients(double t, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = coefficients.get(k).at(t);
        }
    }

    @Override
    public void at(double[] c, double[] y, double[] slope) {
        int m = n * n;
        int p = m + n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double phi = 0;
                double sigma = c[n * n + n + i * n + j];
                for (int k = 0; k < n; k++) {
                    phi += c[i * n + k] * y[k * n + j];
                    sigma += c[i * n + k] * y[p + k * n + j] + c[j * n + k] * y[p + i * n + k];
                }
                slope[i * n + j] = phi;
                slope[p + i * n + j] = sigma;
            }
            double mean = c[n * n + i];
            for (int k = 0; k < n; k++) {
                mean += c[i * n + k] * y[m + k];
            }
            slope[m + i] = mean;
        }
    }
}
