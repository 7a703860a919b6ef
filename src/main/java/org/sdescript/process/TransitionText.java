package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Names;
import org.sdescript.algebra.Term;
import org.sdescript.algebra.Text;

/** Transitions and normal laws in print: x(t) | x(0) ~ N( exp(−t) x(0), 1 − exp(−2 t) ). */
final class TransitionText {
    private TransitionText() {}

    static String of(Transition transition) {
        String law = transition.isScalar() ? scalar(transition) : system(transition);
        return transition.isNumeric() ? law + "\n" + numeric(transition) : law;
    }

    private static String numeric(Transition transition) {
        List<String> names = transition
                .shown()
                .entries()
                .filter(Expr.Tabulated.class::isInstance)
                .map(e -> Names.spelled(((Expr.Tabulated) e).name()))
                .distinct()
                .toList();
        return "no closed form was found of " + String.join(", ", names) + ": computed numerically, to 1e-10 relative";
    }

    private static String scalar(Transition transition) {
        String x = Names.spelled(transition.states().getFirst().name());
        String before = x + "(" + Text.of(transition.start()) + ")";
        Expr map = transition.shown().map().at(0, 0);
        Expr offset = transition.shown().offset().getFirst();
        StringBuilder mean = new StringBuilder();
        if (!map.isZero()) {
            String factor = Text.of(map);
            boolean sum = map instanceof Expr.Sum;
            mean.append(map.isOne() ? "" : (sum ? "(" + factor + ")" : factor) + " ")
                    .append(before);
        }
        if (!offset.isZero()) {
            boolean minus = !(offset instanceof Expr.Sum)
                    && Term.of(offset).coefficient().signum() < 0;
            mean.append(mean.isEmpty() ? (minus ? Text.MINUS : "") : minus ? " " + Text.MINUS + " " : " + ")
                    .append(Text.of(minus ? offset.negate() : offset));
        }
        return x + "(" + Names.spelled(transition.time().name()) + ") | " + before + " ~ N( "
                + (mean.isEmpty() ? "0" : mean) + ", "
                + Text.of(transition.shown().covariance().at(0, 0)) + " )";
    }

    private static String system(Transition transition) {
        String time = Names.spelled(transition.time().name());
        String before = states(transition.states(), Text.of(transition.start()));
        boolean moved = transition.shown().offset().stream().anyMatch(m -> !m.isZero());
        List<String> lines = new ArrayList<>();
        lines.add(states(transition.states(), time) + " | " + before + " ~ N( Φ (" + before + ")" + (moved ? " + m" : "")
                + ", Σ )");
        lines.add(matrix("Φ", transition.shown().map()));
        if (moved) {
            List<Expr> offset = transition.shown().offset();
            lines.add(matrix("m", Matrix.of(offset.size(), 1, (i, j) -> offset.get(i))));
        }
        lines.add(matrix("Σ", transition.shown().covariance()));
        return String.join("\n", lines);
    }

    /** x(t), v(t). */
    static String states(List<Symbol> states, String time) {
        return states.stream()
                .map(state -> Names.spelled(state.name()) + "(" + time + ")")
                .collect(Collectors.joining(", "));
    }

    /** The rows one below the other, columns aligned. */
    static String matrix(String name, Matrix matrix) {
        List<Integer> widths = IntStream.range(0, matrix.width())
                .mapToObj(j -> matrix.rows().stream()
                        .mapToInt(row -> width(Text.of(row.get(j))))
                        .max()
                        .orElse(0))
                .toList();
        String lead = "  " + name + " = ";
        List<String> rows = new ArrayList<>();
        for (List<Expr> row : matrix.rows()) {
            String entries = IntStream.range(0, row.size())
                    .mapToObj(j -> padded(Text.of(row.get(j)), widths.get(j)))
                    .collect(Collectors.joining("   "));
            rows.add((rows.isEmpty() ? lead : " ".repeat(lead.length())) + "[ " + entries + " ]");
        }
        return String.join("\n", rows);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - width(text));
    }

    /** Marks such as the dot of β̇ stand above the letter before them. */
    private static int width(String text) {
        return (int) text.codePoints()
                .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .count();
    }
}
