package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;

/**
 * dx = (A(t) x + c(t)) dt + G(t) dw with Q = GGᵀ, the named functions written out.
 *
 * @param slope A
 * @param constant c
 * @param rate Q
 */
record AffineSystem(Symbol time, List<Symbol> states, Matrix slope, List<Expr> constant, Matrix rate) {

    /** Refuses what is not affine in the states, or whose noise depends on them. */
    static AffineSystem of(Process p) {
        List<Symbol> states = p.states();
        List<Expr> drift = p.drift().stream().map(Expr::expandCalls).toList();
        if (drift.stream().anyMatch(f -> p.scores().stream().anyMatch(score -> !f.isFreeOf(score)))) {
            throw notAffine(p, "its drift holds a score");
        }
        Matrix slope = Matrix.of(
                states.size(),
                states.size(),
                (i, j) -> Simplification.of(Derivative.of(drift.get(i), states.get(j))));
        Matrix rate = new Matrix(p.covarianceRate()).map(Expr::expandCalls).map(Simplification::of);
        for (Symbol state : states) {
            if (!slope.all(e -> e.isFreeOf(state))) {
                throw notAffine(p, "its drift is not linear in " + state);
            }
            if (!rate.all(e -> e.isFreeOf(state))) {
                throw notAffine(p, "its noise depends on " + state);
            }
        }
        List<Expr> constant = IntStream.range(0, states.size())
                .mapToObj(i -> without(drift.get(i), states))
                .toList();
        return new AffineSystem(p.time(), states, slope, constant, rate);
    }

    private static Expr without(Expr drift, List<Symbol> states) {
        Expr rest = drift;
        for (Symbol state : states) {
            rest = rest.with(state, Expr.ZERO);
        }
        return rest;
    }

    int size() {
        return states.size();
    }

    private static RuntimeException notAffine(Process p, String reason) {
        return Diagnostic.error("E0601", null, p.name() + " has no transition: " + reason)
                .help("train with `implicit()` or `sliced()` and sample with `euler_maruyama`, which need none")
                .raise();
    }
}
