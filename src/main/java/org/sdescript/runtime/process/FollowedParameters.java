package org.sdescript.runtime.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.TensorParameter;
import org.sdescript.source.Span;

/** Refuses laws that are numbers, where a derivative by a parameter of the process is under way: it would lack a part. */
public final class FollowedParameters {
    private FollowedParameters() {}

    /** True if a derivative follows a parameter of the process or of its prior. */
    public static boolean areIn(Process process) {
        return inProcessOrPrior(process).isPresent();
    }

    private static Optional<String> inProcessOrPrior(Process process) {
        return followed(
                Stream.concat(process.parameters().stream(), process.prior().parameters()));
    }

    private static Optional<String> followed(Process process) {
        return followed(process.parameters().stream());
    }

    /** Returns the transition of a process; throws if it is tabulated while a derivative follows a parameter. */
    public static Transition transition(Process process) {
        Transition transition = process.transition();
        followed(process).ifPresent(names -> {
            if (isTabulated(transition.shown()) || isTabulated(transition.computed())) {
                throw refusal("the transition of " + process.name(), names)
                        .note("its numbers are read from a table, which has no derivative by a parameter")
                        .help("`simulate` and predictors that take only the drift and the noise, such as"
                                + " `euler_maruyama`, keep the derivative")
                        .raise();
            }
        });
        return transition;
    }

    /** Returns the prior of a process; throws if it comes from a tabulated transition, as {@link #transition} does. */
    static Gaussian prior(Process process) {
        if (process.stated().prior().isEmpty() && process.findTransition().isKnown()) {
            transition(process);
        }
        return process.prior();
    }

    /** Throws if a derivative of the mismatch of a system is under way, whose closed form is that of one state. */
    public static void refuseMismatchOfSystem(Process process) {
        if (process.states().size() > 1) {
            inProcessOrPrior(process).ifPresent(names -> {
                throw refusal("the mismatch of " + process.name() + ", a process of several states", names)
                        .help("`detach(x)` says that x is a constant here; for a process of one state, `mismatch` keeps"
                                + " the derivative")
                        .raise();
            });
        }
    }

    private static boolean isTabulated(Moments moments) {
        return moments.entries().anyMatch(FollowedParameters::isTabulated);
    }

    private static boolean isTabulated(Expr e) {
        return e instanceof Expr.Tabulated || e.children().stream().anyMatch(FollowedParameters::isTabulated);
    }

    /** Throws if a derivative follows a parameter of a normal law of several states. */
    static void refuse(Gaussian law, Process process) {
        followed(law.parameters()).ifPresent(names -> {
            throw refusal("the prior of " + process.name(), names)
                    .help("give `start` to `sample`, or state the prior in the body of the process by numbers")
                    .raise();
        });
    }

    /** Throws if a derivative follows a parameter of a formula and would go through a number computed from it. */
    public static void refuse(Expr formula, String what, Span span) {
        followed(formula.parameters().stream()).ifPresent(names -> {
            throw refusal(what, names)
                    .at(span)
                    .help("`detach(x)` says that x is a constant here")
                    .raise();
        });
    }

    /** Returns the names of the parameters that a derivative follows; empty if there are none. */
    private static Optional<String> followed(Stream<Expr.Parameter> parameters) {
        List<String> names = parameters
                .filter(parameter -> parameter.owner() instanceof TensorParameter held && held.isFollowed())
                .map(parameter -> "`" + parameter.name() + "`")
                .sorted()
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private static Diagnostic refusal(String what, String names) {
        return Diagnostic.error("E0556", null, "the derivative by " + names + " does not go through " + what);
    }
}
