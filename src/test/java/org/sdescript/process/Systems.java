package org.sdescript.process;

import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/** Processes of two states. */
final class Systems {
    static final Symbol V = Expr.symbol("v");

    private Systems() {}

    /** Critically damped Langevin dynamics (Dockhorn et al. 2022) with β = 4, M = ¼, Γ = 1: both eigenvalues are −8. */
    static Process cld() {
        return of(
                "CLD",
                List.of("w"),
                List.of(
                        Expr.of(16).times(V),
                        Expr.of(-4).times(X).plus(Expr.of(-16).times(V))),
                List.of(List.of(Expr.ZERO), List.of(Expr.sqrt(Expr.of(8)))));
    }

    /** Coefficients that are not proportional to one function: no time change makes them constant. */
    static Process turning() {
        return of(
                "Turning",
                List.of("w_1", "w_2"),
                List.of(
                        X.negate().plus(T.times(V)).plus(Expr.cos(T)),
                        V.negate().minus(X)),
                List.of(List.of(Expr.ONE, Expr.ZERO), List.of(Expr.HALF, Expr.ONE.plus(T))));
    }

    /** Both equations share the time change ∫β, and oscillate. */
    static Process paced() {
        Expr beta = Processes.BETA.at(T).expandCalls();
        return of(
                "Paced",
                List.of("w"),
                List.of(beta.times(V), beta.negate().times(X).minus(beta.times(V))),
                List.of(List.of(Expr.ZERO), List.of(Expr.sqrt(Expr.of(2).times(beta)))));
    }

    /** Two noises, one of them shared, real eigenvalues, and a mean that is not zero. */
    static Process shared() {
        return of(
                "Shared",
                List.of("w", "w_2"),
                List.of(
                        Expr.ONE.minus(Expr.of(2).times(X)).plus(V),
                        X.times(Expr.HALF).minus(Expr.of(3).times(V))),
                List.of(List.of(Expr.ONE, Expr.ZERO), List.of(Expr.ratio(-1, 2), Expr.ratio(3, 4))));
    }

    private static Process of(String name, List<String> noises, List<Expr> drift, List<List<Expr>> diffusion) {
        return Process.of(name, T, 1e-5, 1, List.of(X, V), noises, drift, diffusion);
    }
}
