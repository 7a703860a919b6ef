package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;

/**
 * Equations with noise in the sense of Stratonovich, b ∘ dw.
 *
 * @param written drift and diffusion as they are written
 * @param circled the part of the diffusion that stands before ∘, zeros elsewhere
 */
public record Stratonovich(Process written, List<List<Expr>> circled) {
    public Stratonovich {
        circled = circled.stream().map(List::copyOf).toList();
    }

    /** Itô's b dw with the drift ½ Σ b ∂b added (Kloeden & Platen 1992, §4.9). */
    public Process itoForm() {
        if (circled.stream().flatMap(List::stream).allMatch(Expr::isZero)) {
            return written;
        }
        List<Expr> correction = correction();
        List<Expr> drift = IntStream.range(0, written.states().size())
                .mapToObj(i -> written.drift().get(i).plus(correction.get(i)))
                .toList();
        return written.with(drift, written.noises(), written.diffusion(), false).with(Process.Stated.form(this));
    }

    /** ½ Σⱼₖ bⱼₖ ∂bᵢₖ/∂xⱼ, one for each state. */
    List<Expr> correction() {
        List<Expr> result = new ArrayList<>();
        for (List<Expr> row : circled) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < row.size(); k++) {
                for (int j = 0; j < circled.size(); j++) {
                    Expr slope = Derivative.of(row.get(k), written.states().get(j));
                    terms.add(Expr.product(Expr.HALF, circled.get(j).get(k), slope));
                }
            }
            result.add(Expr.sum(terms));
        }
        return result;
    }
}
