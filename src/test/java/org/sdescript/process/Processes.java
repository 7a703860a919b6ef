package org.sdescript.process;

import org.sdescript.algebra.Definition;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;

/** The classical processes as in scripts. */
final class Processes {
    static final Symbol T = Expr.symbol("t");
    static final Symbol X = Expr.symbol("x");
    static final Expr LO = Expr.of(0.1);
    static final Expr HI = Expr.of(20.0);
    static final Definition BETA = new Definition("beta", T, LO.plus(T.times(HI.minus(LO))));

    private Processes() {}

    static Process vp() {
        Expr beta = BETA.at(T);
        return process("VP", Expr.product(Expr.ratio(-1, 2), beta, X), Expr.sqrt(beta));
    }

    static Process subVp() {
        Expr beta = BETA.at(T);
        Expr area = Integral.between(beta, T, Expr.ZERO, T).orElseThrow();
        Expr rest = Expr.ONE.minus(Expr.exp(Expr.of(-2).times(area)));
        return process("SubVP", Expr.product(Expr.ratio(-1, 2), beta, X), Expr.sqrt(beta.times(rest)));
    }

    static Process ve() {
        Expr lo = Expr.of(0.01);
        Expr hi = Expr.of(50.0);
        Definition sigma = new Definition("sigma", T, lo.times(Expr.power(hi.over(lo), T)));
        return process("VE", Expr.ZERO, Expr.sqrt(Derivative.of(sigma.at(T).pow(2), T)));
    }

    static Process ornsteinUhlenbeck() {
        return process("OrnsteinUhlenbeck", Expr.of(2.0).times(Expr.of(1.5).minus(X)), Expr.of(0.5));
    }

    static Process cosine() {
        Expr angle = Expr.PI.times(Expr.HALF).times(T);
        return Process.ofTransition("CosineVP", T, 1e-5, 0.999, X, Expr.cos(angle), Expr.sin(angle));
    }

    static Process process(String name, Expr drift, Expr diffusion) {
        return Process.scalar(name, T, 1e-5, 1, X, drift, diffusion);
    }
}
