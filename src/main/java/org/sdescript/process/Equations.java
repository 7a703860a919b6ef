package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.explain.Notation;

/** The printed equations of a process: dx = −½ β(t) x dt + √β(t) dw. */
final class Equations {
    private Equations() {}

    static String of(Process p, Notation notation) {
        return p.isPath()
                ? notation.display(List.of(p.stated().path().orElseThrow().written(notation)))
                : notation.display(lines(p, notation));
    }

    /** Returns the equations also of the flow of a path. */
    static String equations(Process p, Notation notation) {
        return notation.display(lines(p, notation));
    }

    private static List<String> lines(Process p, Notation notation) {
        Stream<String> equations = IntStream.range(0, p.states().size()).mapToObj(i -> equation(p, i, notation));
        Stream<String> velocity =
                p.hasVelocity() ? Stream.of(p.stated().path().orElseThrow().writtenVelocity(notation)) : Stream.empty();
        return Stream.concat(equations, velocity).toList();
    }

    /** Returns the equations with ∘ before noise in the sense of Stratonovich. */
    static String of(Stratonovich form, Notation notation) {
        Process p = form.written();
        return notation.display(IntStream.range(0, p.states().size())
                .mapToObj(i -> equation(p, i, form.circled().get(i), notation))
                .toList());
    }

    private static String equation(Process p, int i, Notation notation) {
        List<Expr> none = p.noises().stream().map(noise -> Expr.ZERO).toList();
        return equation(p, i, none, notation);
    }

    private static String equation(Process p, int i, List<Expr> circled, Notation notation) {
        StringBuilder right = new StringBuilder();
        List<Symbol> states = p.states();
        notation.append(right, p.drift().get(i), notation.differential(p.time().name(), false), states);
        for (int j = 0; j < p.noises().size(); j++) {
            String noise = notation.differential(p.noises().get(j), p.reversed());
            notation.append(right, p.diffusion().get(i).get(j).minus(circled.get(j)), noise, states);
            notation.append(right, circled.get(j), notation.choose("∘ ", "\\circ ") + noise, states);
        }
        String left = notation.differential(states.get(i).name(), false);
        return notation.equation(left, right.isEmpty() ? "0" : right.toString());
    }
}
