package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/**
 * Processes with the same marginals: the reverse-time SDE (Anderson 1982), the probability flow (Song et al. 2021, eq.
 * 13), and the family between and beyond them.
 */
public final class Reversal {
    private Reversal() {}

    /** Returns f − ∇·(GGᵀ) − GGᵀ∇log p with time reversed. Applied twice it restores the process. */
    public static Process reverse(Process p) {
        return p.with(drift(p, Expr.ONE), p.noises(), p.diffusion(), !p.reversed());
    }

    /** Returns f − ½∇·(GGᵀ) − ½GGᵀ∇log p, without noise. */
    public static Process flow(Process p) {
        List<List<Expr>> none = p.states().stream().map(s -> List.<Expr>of()).toList();
        if (p.hasVelocity()) {
            return p.with(List.of(p.velocity()), List.of(), none, false);
        }
        return p.with(drift(p, Expr.HALF), List.of(), none, false);
    }

    /**
     * Returns f − ½(1 + λ²)(∇·(GGᵀ) + GGᵀ∇log p) with the noise λG. λ may depend on time: λ = 1 is the reverse, λ = 0
     * the flow.
     */
    public static Process reverse(Process p, Expr lambda) {
        Expr share = Expr.HALF.plus(lambda.pow(2).times(Expr.HALF));
        List<List<Expr>> diffusion = p.diffusion().stream()
                .map(row -> row.stream().map(lambda::times).toList())
                .toList();
        return lambda.isZero() ? flow(p) : p.with(drift(p, share), p.noises(), diffusion, !p.reversed());
    }

    /**
     * Returns b ± ε ∇log p with the noise √(2ε), where b is the drift of the flow: an SDE with the marginals of p, forwards
     * in time with the sign +, backwards with − (Albergo, Boffi and Vanden-Eijnden 2023, corollary 2.18).
     *
     * @param p a process of one state
     * @param epsilon ε ≥ 0, which may depend on time
     */
    public static Process ofStrength(Process p, Expr epsilon, boolean backwards) {
        Process flow = flow(p);
        if (epsilon.isZero()) {
            return flow;
        }
        Symbol score = p.scores().getFirst();
        Expr velocity = flow.drift().getFirst();
        Expr pull = Simplification.of(Derivative.of(velocity, score).plus(backwards ? epsilon.negate() : epsilon));
        Expr drift = velocity.with(score, Expr.ZERO).plus(pull.times(score));
        Expr noise = Simplification.sqrt(Expr.of(2).times(epsilon), Assumptions.positive(p.time()));
        List<String> noises = p.noises().isEmpty() ? List.of("w") : p.noises().subList(0, 1);
        return p.with(List.of(drift), noises, List.of(List.of(noise)), backwards);
    }

    /** Subtracts the share of the score terms; for a process that is already reversed, adds it. */
    private static List<Expr> drift(Process p, Expr share) {
        List<Expr> scores = List.copyOf(p.scores());
        List<List<Expr>> rate = p.covarianceRate();
        List<Expr> divergence = p.divergenceOfCovarianceRate();
        Expr taken = p.reversed() ? share : share.negate();
        List<Expr> drift = new ArrayList<>();
        for (int i = 0; i < p.states().size(); i++) {
            List<Expr> terms = new ArrayList<>();
            terms.add(p.drift().get(i));
            terms.add(taken.times(divergence.get(i)));
            for (int j = 0; j < scores.size(); j++) {
                terms.add(Expr.product(taken, rate.get(i).get(j), scores.get(j)));
            }
            drift.add(Expr.sum(terms));
        }
        return drift;
    }
}
