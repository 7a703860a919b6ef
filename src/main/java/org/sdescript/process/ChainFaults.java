package org.sdescript.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.diagnostic.Diagnostic;

/** Finds the first step of a chain that has no value: β ≥ 1 under the root of √(1 − β). */
final class ChainFaults {
    /** The most steps that are checked; of a longer chain only every second, third, … step is checked. */
    private static final int MOST = 100_000;

    private ChainFaults() {}

    static Optional<Diagnostic> of(String name, Chain chain) {
        List<Expr> coefficients = Stream.concat(
                        chain.mean().stream()
                                .flatMap(mean -> Stream.concat(
                                        chain.states().stream().map(x -> Derivative.of(mean, x)), Stream.of(mean))),
                        chain.spread().stream())
                .filter(e -> List.of(chain.time(), Chain.STEP)
                        .containsAll(e.expandCalls().symbols()))
                .toList();
        int stride = Math.max(1, chain.count() / MOST);
        return coefficients.stream()
                .flatMap(e -> first(name, chain, e, stride).stream())
                .findFirst();
    }

    private static Optional<Diagnostic> first(String name, Chain chain, Expr e, int stride) {
        Evaluation value = at(e, chain);
        double h = chain.step();
        for (int i = 1; i <= chain.count(); i += stride) {
            if (!Double.isFinite(value.at(i * h, h))) {
                return Optional.of(fault(name, chain, e, i));
            }
        }
        return Optional.empty();
    }

    private static Diagnostic fault(String name, Chain chain, Expr e, int i) {
        Expr cause = cause(e, chain, i).orElse(e);
        double inside = argument(cause)
                .map(u -> at(u, chain).at(i * chain.step(), chain.step()))
                .orElse(Double.NaN);
        String of = Double.isNaN(inside) ? "" : ", taken of " + Admissibility.at(inside);
        return Diagnostic.error(
                        "E0673",
                        null,
                        "step " + i + " of the " + chain.count() + " steps of " + name + " has no value: "
                                + chain.written(cause) + of)
                .help("use more steps, each of which then changes less: " + chain.count()
                        + " are too few for these coefficients");
    }

    /** Returns the innermost part without a value. */
    private static Optional<Expr> cause(Expr e, Chain chain, int i) {
        Optional<Expr> below = e.children().stream()
                .flatMap(child -> cause(child, chain, i).stream())
                .findFirst();
        return below.isPresent()
                ? below
                : Double.isFinite(at(e, chain).at(i * chain.step(), chain.step())) ? Optional.empty() : Optional.of(e);
    }

    private static Optional<Expr> argument(Expr e) {
        return switch (e) {
            case Power(Expr base, Num exponent) -> Optional.of(base);
            case Apply a when a.function() == Elementary.LOG -> Optional.of(a.argument());
            default -> Optional.empty();
        };
    }

    private static Evaluation at(Expr e, Chain chain) {
        return Evaluation.of(e.expandCalls(), new Symbol[] {chain.time(), Chain.STEP});
    }
}
