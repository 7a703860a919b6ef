package org.sdescript.process;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Names;
import org.sdescript.algebra.Term;
import org.sdescript.algebra.Text;

/** The equations of a process in print: dx = −½ β(t) x dt + √β(t) dw. */
final class Equations {
    private static final String BACKWARDS = "\u0304";

    private Equations() {}

    static String text(Process p) {
        return text(p, "");
    }

    /** With a sign before each noise: none for Itô's, ∘ for Stratonovich's. */
    static String text(Process p, String sign) {
        return IntStream.range(0, p.states().size())
                .mapToObj(i -> equation(p, i, sign))
                .collect(Collectors.joining("\n"));
    }

    private static String equation(Process p, int i, String sign) {
        StringBuilder right = new StringBuilder();
        String time = "d" + Names.spelled(p.time().name());
        append(right, p, p.drift().get(i), time);
        for (int j = 0; j < p.noises().size(); j++) {
            String noise = "d" + Names.spelled(p.noises().get(j));
            append(right, p, p.diffusion().get(i).get(j), sign + (p.reversed() ? withBar(noise) : noise));
        }
        String left = "d" + Names.spelled(p.states().get(i).name()) + " = ";
        return left + (right.isEmpty() ? "0" : right);
    }

    /** The bar goes over the w, before any index. */
    private static String withBar(String noise) {
        return noise.substring(0, 2) + BACKWARDS + noise.substring(2);
    }

    private static void append(StringBuilder out, Process p, Expr coefficient, String differential) {
        if (coefficient.isZero()) {
            return;
        }
        boolean sum = coefficient instanceof Expr.Sum;
        boolean minus = !sum && Term.of(coefficient).coefficient().signum() < 0;
        out.append(out.isEmpty() ? (minus ? Text.MINUS : "") : (minus ? " " + Text.MINUS + " " : " + "));
        Expr size = minus ? coefficient.negate() : coefficient;
        if (!size.isOne()) {
            String text = Text.of(size, p.states());
            out.append(sum ? "[" + text + "]" : text).append(' ');
        }
        out.append(differential);
    }
}
