package org.sdescript.process;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.Diagnostic;

/**
 * dx = (A(t) x + c(t)) dt + G(t) dw with Q = GGᵀ, the named functions expanded.
 *
 * @param slope A
 * @param constant c
 * @param rate Q
 */
record AffineSystem(Symbol time, List<Symbol> states, Matrix slope, List<Expr> constant, Matrix rate) {
    /** Error code for a process that is not affine. */
    static final String NOT_AFFINE = "E0601";

    /**
     * Returns the system of a process; absent if the drift is not affine in the states, the noise depends on them, or a
     * coefficient has no value.
     */
    static Derived<AffineSystem> of(Process p) {
        List<Symbol> states = p.states();
        if (p.hasVelocity()) {
            return new Derived.Absent<>(Diagnostic.error(
                            "E0685",
                            null,
                            p.name() + " is a path between two laws, so x(t) has no law given x(0) alone")
                    .help("a path has `flow`, `forward(p, epsilon = …)` and `reverse(p, epsilon = …)`, samplers `ode`"
                            + " and `pc` with `ode_euler`, `ode_heun` or `euler_maruyama`; with `prior = normal()` in"
                            + " its body, x(1) is noise and the path has a transition"));
        }
        List<Expr> drift = p.drift().stream().map(Expr::expandCalls).toList();
        if (drift.stream().anyMatch(f -> p.scores().stream().anyMatch(score -> !f.isFreeOf(score)))) {
            return notAffine(p, "its drift contains a score");
        }
        Matrix slope = Matrix.of(
                states.size(), states.size(), (i, j) -> Simplification.of(Derivative.of(drift.get(i), states.get(j))));
        Matrix rate = new Matrix(p.covarianceRate()).map(Expr::expandCalls).map(Simplification::of);
        for (Symbol state : states) {
            if (drift.stream().anyMatch(f -> !Affinity.isSmooth(f, List.of(state)))) {
                return notAffine(p, "its drift is not linear in " + state);
            }
            if (!slope.all(e -> e.isFreeOf(state))) {
                return notAffine(p, "its drift is not linear in " + state);
            }
            if (!rate.all(e -> e.isFreeOf(state))) {
                return notAffine(p, "its noise depends on " + state);
            }
        }
        List<Expr> constant = IntStream.range(0, states.size())
                .mapToObj(i -> without(drift.get(i), states))
                .toList();
        AffineSystem system = new AffineSystem(p.time(), states, slope, constant, rate);
        OptionalDouble pole = Singularity.within(system.coefficients(), p.time(), Transitions.domain(p));
        return pole.isPresent()
                ? Transitions.withoutNumbers(
                        p, "a coefficient has no value at t = " + Text.of(rounded(pole.getAsDouble())))
                : new Derived.Known<>(system);
    }

    private static double rounded(double t) {
        return new BigDecimal(t).round(new MathContext(6)).doubleValue();
    }

    private static Expr without(Expr drift, List<Symbol> states) {
        Expr rest = drift;
        for (Symbol state : states) {
            rest = rest.with(state, Expr.ZERO);
        }
        return rest;
    }

    /** Returns the entries of A, c and Q. */
    Stream<Expr> coefficients() {
        return Stream.of(
                        slope.rows().stream().flatMap(List::stream),
                        constant.stream(),
                        rate.rows().stream().flatMap(List::stream))
                .flatMap(each -> each);
    }

    int size() {
        return states.size();
    }

    private static Derived<AffineSystem> notAffine(Process p, String reason) {
        return new Derived.Absent<>(Diagnostic.error(NOT_AFFINE, null, p.name() + " has no transition: " + reason)
                .help("train with `implicit()` or `sliced()`; sample by `euler_maruyama`, `reverse_diffusion`"
                        + " or `ode_euler`: none of these needs a transition"));
    }
}
