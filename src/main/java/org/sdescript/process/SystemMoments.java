package org.sdescript.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Term;

/**
 * The moments of a system with constant coefficients in closed form: Φ = exp(Aτ), m = ∫ exp(Ar) c dr, Σ = ∫ exp(Ar) Q
 * exp(Ar)ᵀ dr (Särkkä and Solin 2019, §6.1). The result is checked against its differential equations.
 */
final class SystemMoments {
    /** The time of the closed forms. */
    static final Symbol TAU = Expr.symbol("τ");

    /** Largest ratio of terms to their sum: eight of sixteen digits remain. */
    private static final double LARGEST_TERMS = 1e8;

    private SystemMoments() {}

    static Optional<Moments> of(AffineSystem system) {
        return MatrixExponential.of(system.slope(), TAU)
                .flatMap(map -> integrals(map.times(column(system.constant())))
                        .flatMap(offset -> integrals(congruent(map, system.rate()))
                                .map(covariance -> new Moments(
                                        map, offset.transposed().rows().getFirst(), covariance))))
                .filter(found -> solves(found, system));
    }

    /**
     * True if the terms of every entry are of the size of their sum, at the last time and at half of it. Eigenvalues
     * that differ by 1e-10 give terms 1e20 times as large as their sum: such formulas have no correct digit and are
     * unreadable.
     */
    static boolean keepDigits(Moments moments, double last) {
        return IntStream.rangeClosed(0, 1).allMatch(half -> keepDigitsAt(moments, last * Math.scalb(1, -half)));
    }

    private static boolean keepDigitsAt(Moments moments, double tau) {
        Matrix covariance = moments.covariance();
        double[] variances = IntStream.range(0, covariance.height())
                .mapToDouble(
                        i -> Math.abs(Evaluation.of(covariance.at(i, i), TAU).at(tau)))
                .toArray();
        return IntStream.range(0, variances.length).allMatch(i -> IntStream.range(0, variances.length)
                .allMatch(j ->
                        sizeOfTerms(covariance.at(i, j), tau) <= LARGEST_TERMS * Math.sqrt(variances[i] * variances[j])
                                && sizeOfTerms(moments.map().at(i, j), tau) <= LARGEST_TERMS));
    }

    private static double sizeOfTerms(Expr e, double tau) {
        return Term.termsOf(Expansion.of(e)).stream()
                .mapToDouble(term -> Math.abs(Evaluation.of(term, TAU).at(tau)))
                .sum();
    }

    /** Returns the moments with τ as a function of time. */
    static Moments at(Moments moments, Expr reading) {
        return moments.map(e -> Simplification.of(e.with(TAU, reading)));
    }

    private static Matrix column(List<Expr> vector) {
        return Matrix.of(vector.size(), 1, (i, j) -> vector.get(i));
    }

    /** Returns exp(Ar) Q exp(Ar)ᵀ, which is symmetric. */
    private static Matrix congruent(Matrix map, Matrix rate) {
        Matrix noised = map.times(rate);
        List<List<Expr>> columns = map.rows();
        return Matrix.symmetric(map.height(), (i, j) -> {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < rate.width(); k++) {
                terms.add(noised.at(i, k).times(columns.get(j).get(k)));
            }
            return Expr.sum(terms);
        });
    }

    private static Optional<Matrix> integrals(Matrix integrand) {
        Map<Expr, Expr> integrals = new HashMap<>();
        for (Expr entry : integrand.rows().stream().flatMap(List::stream).toList()) {
            if (!integrals.containsKey(entry)) {
                Optional<Expr> found = Integral.between(entry, TAU, Expr.ZERO, TAU);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                integrals.put(entry, Simplification.of(found.get()));
            }
        }
        return Optional.of(integrand.map(integrals::get));
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
