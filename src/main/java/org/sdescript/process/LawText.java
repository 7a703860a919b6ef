package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.explain.Notation;

/** The printed text of transitions and normal laws: x(t) | x(0) ~ N( exp(−t) x(0), 1 − exp(−2 t) ). */
final class LawText {
    /** The most tables listed by name; three states have as many. */
    private static final int MOST_NAMES = 21;

    private LawText() {}

    static String of(Transition transition, Notation notation) {
        List<String> lines = new ArrayList<>();
        if (transition.isScalar()) {
            lines.add(scalar(transition, notation));
        } else {
            lines.addAll(system(transition, notation));
        }
        if (transition.isNumeric()) {
            lines.add(numeric(transition, notation));
        }
        return notation.display(lines);
    }

    static String of(Gaussian law, Notation notation) {
        String label = states(law.states(), notation.of(law.time()), notation);
        if (law.isScalar()) {
            String mean = notation.of(law.mean().getFirst());
            return notation.display(
                    List.of(normal(label, mean, notation.of(law.covariance().at(0, 0)), notation)));
        }
        String centre = law.mean().stream().map(notation::of).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add(normal(label, "(" + centre + ")", notation.choose("Σ", "\\Sigma"), notation));
        lines.addAll(matrix("Σ", "\\Sigma", law.covariance(), law.states(), notation));
        return notation.display(lines);
    }

    private static List<String> matrix(
            String text, String latex, Matrix matrix, List<Symbol> states, Notation notation) {
        return notation.indented(MatrixEntries.ofStates(matrix, states).written(text, latex, notation));
    }

    private static String numeric(Transition transition, Notation notation) {
        List<String> all = tabulated(transition);
        String names = all.size() > MOST_NAMES
                ? notation.choose("the entries of Φ and Σ", "\\Phi \\text{ and } \\Sigma")
                : all.stream().map(notation::name).collect(Collectors.joining(", "));
        return notation.choose(
                "no closed form was found of " + names + ": computed numerically, to 1e-10 relative",
                "&\\text{no closed form was found of } " + names
                        + " \\text{: computed numerically, to } 10^{-10} \\text{ relative}");
    }

    /** Returns the names of the tabulated entries. */
    static List<String> tabulated(Transition transition) {
        return transition
                .shown()
                .entries()
                .filter(Expr.Tabulated.class::isInstance)
                .map(e -> ((Expr.Tabulated) e).name())
                .distinct()
                .toList();
    }

    private static String normal(String left, String mean, String variance, Notation notation) {
        return notation.relation(
                left,
                notation.choose("~", "\\sim"),
                notation.choose(
                        "N( " + mean + ", " + variance + " )",
                        "\\mathcal{N}\\left(" + mean + ",\\; " + variance + "\\right)"));
    }

    private static String given(String after, String before, Notation notation) {
        return after + notation.choose(" | ", " \\mid ") + before;
    }

    private static String scalar(Transition transition, Notation notation) {
        Symbol x = transition.states().getFirst();
        String before = notation.name(x.name()) + "(" + notation.of(transition.start()) + ")";
        Expr map = transition.shown().map().at(0, 0);
        Expr offset = transition.shown().offset().getFirst();
        StringBuilder mean = new StringBuilder();
        if (map instanceof Expr.Sum) {
            mean.append(notation.parenthesised(notation.of(map))).append(' ').append(before);
        } else if (!map.isZero()) {
            mean.append(map.isOne() ? "" : notation.of(map) + " ").append(before);
        }
        notation.append(mean, offset, "", List.of());
        return normal(
                given(states(List.of(x), notation.name(transition.time().name()), notation), before, notation),
                mean.isEmpty() ? "0" : mean.toString(),
                notation.of(transition.shown().covariance().at(0, 0)),
                notation);
    }

    private static List<String> system(Transition transition, Notation notation) {
        String time = notation.name(transition.time().name());
        String before = states(transition.states(), notation.of(transition.start()), notation);
        Moments moments = transition.shown();
        boolean moved = moments.offset().stream().anyMatch(m -> !m.isZero());
        String mean = notation.choose("Φ (", "\\Phi\\, (") + before + ")" + (moved ? " + m" : "");
        List<String> lines = new ArrayList<>();
        lines.add(normal(
                given(states(transition.states(), time, notation), before, notation),
                mean,
                notation.choose("Σ", "\\Sigma"),
                notation));
        lines.addAll(matrix("Φ", "\\Phi", moments.map(), transition.states(), notation));
        if (moved) {
            lines.addAll(matrix("m", "m", moments.offsets(), transition.states(), notation));
        }
        lines.addAll(matrix("Σ", "\\Sigma", moments.covariance(), transition.states(), notation));
        return lines;
    }

    /** Returns the states at a time: x(t), v(t). */
    private static String states(List<Symbol> states, String time, Notation notation) {
        return states.stream()
                .map(state -> notation.name(state.name()) + "(" + time + ")")
                .collect(Collectors.joining(", "));
    }
}
