package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/**
 * The same paths in the two calculi: b ∘ dw is b dw with ½ Σ b ∂b added to the drift (Kloeden & Platen 1992, §4.9). A process
 * is kept in Itô's form; Stratonovich's is derived where it is shown.
 */
public final class Stratonovich {
    private Stratonovich() {}

    /** Stratonovich's equations of a process, as they are written: dx = −x dt + ½ x ∘ dw. */
    public static String text(Process p) {
        return Equations.text(p.with(drift(p), p.noises(), p.diffusion(), p.reversed()), "∘ ");
    }

    /** Stratonovich's drift, of a process in Itô's form; going backwards the correction has the other sign, as time has. */
    static List<Expr> drift(Process p) {
        List<Expr> corrections = corrections(p.diffusion(), p.diffusion(), p.states());
        return IntStream.range(0, p.states().size())
                .mapToObj(i -> {
                    Expr correction = corrections.get(i);
                    return correction.isZero()
                            ? p.drift().get(i)
                            : Simplification.of(p.drift().get(i).plus(p.reversed() ? correction : correction.negate()));
                })
                .toList();
    }

    /**
     * What Itô's drift has more than the written one: ½ Σⱼₖ Gⱼₖ ∂Sᵢₖ/∂xⱼ for each state i, where S is the part of G that was written with ∘.
     * Itô's terms of the same noise count in G: they move the state that S depends on.
     */
    public static List<Expr> corrections(List<List<Expr>> diffusion, List<List<Expr>> part, List<Symbol> states) {
        return part.stream().map(row -> correction(row, diffusion, states)).toList();
    }

    private static Expr correction(List<Expr> row, List<List<Expr>> diffusion, List<Symbol> states) {
        List<Expr> terms = new ArrayList<>();
        for (int k = 0; k < row.size(); k++) {
            for (int j = 0; j < states.size(); j++) {
                Expr slope = Derivative.of(row.get(k), states.get(j));
                terms.add(Expr.product(Expr.HALF, diffusion.get(j).get(k), slope));
            }
        }
        return Expr.sum(terms);
    }
}
