package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Simplification;

/**
 * The moments of a system with constant coefficients in closed form: Φ = exp(Aτ), m = ∫ exp(Ar) c dr, Σ = ∫ exp(Ar) Q exp(Ar)ᵀ dr
 * (Särkkä & Solin 2019, §6.1). What comes out is checked against its differential equations.
 */
final class SystemMoments {
    /** The time of the closed forms. */
    static final Symbol TAU = Expr.symbol("τ");

    private SystemMoments() {}

    static Optional<Moments> of(AffineSystem system) {
        return MatrixExponential.of(system.slope(), TAU)
                .flatMap(map -> integrals(map.times(column(system.constant())))
                        .flatMap(offset -> integrals(
                                        map.times(system.rate()).times(map.transposed()))
                                .map(covariance -> new Moments(map, offset.transposed().rows().getFirst(), covariance))))
                .filter(found -> solves(found, system));
    }

    /** The moments where τ is a function of time. */
    static Moments at(Moments moments, Expr reading) {
        return moments.map(e -> Simplification.of(e.with(TAU, reading)));
    }

    private static Matrix column(List<Expr> vector) {
        return Matrix.of(vector.size(), 1, (i, j) -> vector.get(i));
    }

    private static Optional<Matrix> integrals(Matrix integrand) {
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expr> row : integrand.rows()) {
            List<Expr> integrated = new ArrayList<>();
            for (Expr entry : row) {
                Optional<Expr> found = Integral.between(entry, TAU, Expr.ZERO, TAU);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                integrated.add(Simplification.of(found.get()));
            }
            rows.add(integrated);
        }
        return Optional.of(new Matrix(rows));
    }

    private static boolean solves(Moments found, AffineSystem system) {
        Matrix a = system.slope();
        Matrix drifted = a.times(found.covariance());
        return same(found.map(), a.times(found.map()))
                && same(column(found.offset()), column(a.times(found.offset())).plus(column(system.constant())))
                && same(found.covariance(), drifted.plus(drifted.transposed()).plus(system.rate()));
    }

    private static boolean same(Matrix function, Matrix slope) {
        for (int i = 0; i < slope.height(); i++) {
            for (int j = 0; j < slope.width(); j++) {
                if (!Equality.probably(Derivative.of(function.at(i, j), TAU), slope.at(i, j))) {
                    return false;
                }
            }
        }
        return true;
    }
}
