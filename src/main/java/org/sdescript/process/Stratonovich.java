package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.process.explain.Notation;

/**
 * Equations with noise in the sense of Stratonovich: b ∘ dw is b dw with ½ Σ b ∂b added to the drift (Kloeden and Platen
 * 1992, §4.9). Processes are stored in Itô's form.
 *
 * @param written drift and diffusion as written
 * @param circled the part of the diffusion before ∘, zeros elsewhere
 */
public record Stratonovich(Process written, List<List<Expr>> circled) {
    public Stratonovich {
        circled = circled.stream().map(List::copyOf).toList();
    }

    /** Returns the form of an Itô process with ∘ before every noise. */
    public static Stratonovich of(Process ito) {
        Stratonovich same = new Stratonovich(ito, ito.diffusion());
        List<Expr> drift = same.corrected((f, correction) -> Simplification.of(f.minus(correction)));
        return new Stratonovich(ito.with(drift, ito.noises(), ito.diffusion(), ito.reversed()), ito.diffusion());
    }

    /** Returns Itô's form b dw, with the corrected drift. */
    public Process itoForm() {
        if (circled.stream().flatMap(List::stream).allMatch(Expr::isZero)) {
            return written;
        }
        List<Expr> drift = corrected(Expr::plus);
        return written.with(drift, written.noises(), written.diffusion(), false)
                .with(Process.Stated.form(this).coupledAs(written.stated()));
    }

    private List<Expr> corrected(BinaryOperator<Expr> correct) {
        List<Expr> corrections = correction();
        List<Expr> drift = written.drift();
        return IntStream.range(0, drift.size())
                .mapToObj(i ->
                        corrections.get(i).isZero() ? drift.get(i) : correct.apply(drift.get(i), corrections.get(i)))
                .toList();
    }

    /**
     * Returns Itô's drift minus the written one: ½ Σⱼₖ Gⱼₖ ∂Sᵢₖ/∂xⱼ for each state i, where S is the part of G before
     * ∘. G includes Itô's terms of the same noise, since they move the state that S depends on. For reversed time the
     * sign is opposite, as that of dt.
     */
    List<Expr> correction() {
        Expr half = written.reversed() ? Expr.HALF.negate() : Expr.HALF;
        List<Expr> result = new ArrayList<>();
        for (List<Expr> row : circled) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < row.size(); k++) {
                for (int j = 0; j < circled.size(); j++) {
                    Expr slope = Derivative.of(row.get(k), written.states().get(j));
                    terms.add(Expr.product(half, written.diffusion().get(j).get(k), slope));
                }
            }
            result.add(Expr.sum(terms));
        }
        return result;
    }

    /** Returns the equations in LaTeX, for math mode. */
    public String latex() {
        return Equations.of(this, Notation.LATEX);
    }

    /** Returns the equations as written, one per line: dx = −x dt + ½ x ∘ dw. */
    @Override
    public String toString() {
        return Equations.of(this, Notation.TEXT);
    }
}
