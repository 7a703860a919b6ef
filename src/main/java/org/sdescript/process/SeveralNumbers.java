package org.sdescript.process;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;

/** Refuses parameters of several numbers, one for each component or sample, where a result is computed from one number. */
public final class SeveralNumbers {
    private SeveralNumbers() {}

    /** Returns the parameters of several numbers in the expressions. */
    static Set<Expr.Parameter> in(Stream<Expr> expressions) {
        return expressions.flatMap(e -> e.severalParameters().stream()).collect(Collectors.toSet());
    }

    /** True if an equation, the stated transition or the prior has a parameter of several numbers. */
    public static boolean areIn(Process p) {
        return p.allParameters().stream().anyMatch(parameter -> !parameter.isSingle());
    }

    /** Returns the error that {@code what} takes one number where these parameters have several. */
    static Diagnostic refusal(String what, Set<Expr.Parameter> several) {
        String names = several.stream()
                .map(p -> "`" + p.name() + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Diagnostic.error(
                "E0676",
                null,
                what + " cannot be computed for each number of the " + (several.size() == 1 ? "tensor " : "tensors ")
                        + names);
    }

    /** Throws if the expression has a parameter of several numbers. */
    public static void refuse(Expr e, String what, String help) {
        if (e.hasSeveral()) {
            throw refusal(what, e.severalParameters()).help(help).raise();
        }
    }

    /** Throws if a law has a parameter of several numbers. */
    public static void refuse(Gaussian law, String what) {
        Set<Expr.Parameter> several =
                law.parameters().filter(parameter -> !parameter.isSingle()).collect(Collectors.toSet());
        if (!several.isEmpty()) {
            throw refusal(what, several).help(ONE).raise();
        }
    }

    /** Throws if a process has a parameter of several numbers. */
    public static void refuse(Process p, String what) {
        if (areIn(p)) {
            Set<Expr.Parameter> several = p.allParameters().stream()
                    .filter(parameter -> !parameter.isSingle())
                    .collect(Collectors.toSet());
            throw refusal(what, several).help(ONE).raise();
        }
    }

    /** Throws if matrices couple the components of a process. */
    public static void refuseMatrices(Process p, String what) {
        if (p.basis().isPresent()) {
            throw Diagnostic.error(
                            "E0690",
                            null,
                            what + " of a process with matrices is not derived, and " + p.name() + " has matrices")
                    .help("`p.transition.between(s, t)` is the law of a step of the process")
                    .raise();
        }
    }

    static final String ONE =
            "give one number for all components, such as `theta = 1`, or compute each component with a"
                    + " process of its own, `theta = theta[0]`";
}
