package org.sdescript.process;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/**
 * Explains in steps how the transition of a system is derived: time change, matrix exponential, integral of the
 * covariance.
 */
final class SystemSteps {
    private static final Formula EXPONENTIAL = Formula.written("Φ = exp(A τ)", "\\Phi = \\exp(A \\tau)");

    private SystemSteps() {}

    static Explanation of(Transitions.Found found, Explanation start) {
        AffineSystem system = found.system();
        Explanation read = start.step(
                "The drift `A x + c` is affine in the states and the noise does not depend on the states, so the"
                        + " transition is normal.",
                Citation.LINEAR,
                matrices("A", system.slope(), "Q = G Gᵀ", "Q = G G^{\\mathsf T}", system));
        Transition result = found.transition();
        return found.clock()
                .map(clock -> clocked(clock, result, read))
                .orElseGet(() -> TransitionSteps.numbers(
                        result,
                        read,
                        TimeChange.pace(system).isPresent()
                                ? "A change of time would make the coefficients constant, but no closed form was found of the new"
                                        + " time."
                                : "The ratios of the entries of `A`, `c` and `Q` change with time, so no change of time makes the"
                                        + " coefficients constant."));
    }

    private static Explanation clocked(TimeChange clock, Transition result, Explanation read) {
        AffineSystem constant = clock.system();
        boolean asItIs = clock.reading().equals(result.time());
        Explanation timed = asItIs
                ? read.step(
                        "The coefficients are constant, so `τ` is the time itself.",
                        Formula.lines(n -> List.of(n.equation(n.name("τ"), n.of(clock.reading())))))
                : read.step(
                        "In the time `τ` below the coefficients are constant.",
                        FormSteps.equation("τ", "\\tau", clock.reading(), List.of()),
                        matrices("A", constant.slope(), "Q", "Q", constant));
        if (result.isNumeric()) {
            return TransitionSteps.numbers(result, exponential(constant, timed), reason(constant));
        }
        return exponential(constant, timed)
                .step(
                        "The covariance is an integral over the noise of each moment, which the exponential carries on to"
                                + " the time `τ`.",
                        Citation.LINEAR,
                        Formula.written(
                                "Σ = ∫ exp(A r) Q exp(A r)ᵀ dr",
                                "\\Sigma = \\int_{0}^{\\tau} e^{A r} Q (e^{A r})^{\\mathsf T}\\, dr"))
                .step("Check: the moments satisfy their differential equations.")
                .step("The result.", FormSteps.law(result));
    }

    private static String reason(AffineSystem system) {
        Matrix a = system.slope();
        if (MatrixExponential.of(a, SystemMoments.TAU).isPresent()) {
            return "No closed form of the covariance was found that is accurate in floating-point numbers.";
        }
        List<Integer> block = MatrixExponential.blocks(a).stream()
                .filter(states -> states.size() > 2)
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        String names = block.stream()
                .map(i -> "`" + system.states().get(i).name() + "`")
                .collect(Collectors.joining(", "));
        int n = block.size();
        return n > MatrixExponential.MOST_STATES
                ? n + " states are coupled, and a closed form of their moments would have about "
                        + (long) Math.pow(n, 4) + " terms: closed forms are derived for at most "
                        + MatrixExponential.MOST_STATES
                        + "."
                : "No closed form was found of the matrix exponential for the states " + names
                        + ", because some of these states drive each other in a cycle.";
    }

    private static Explanation exponential(AffineSystem system, Explanation so) {
        Matrix a = system.slope();
        if (a.height() == 2) {
            return so.step(
                    twoStates(a),
                    Citation.CAYLEY_HAMILTON,
                    eigenvalues(a),
                    byDiscriminant(a),
                    closed(a, system.states()));
        }
        if (MatrixExponential.of(a, SystemMoments.TAU).isEmpty()) {
            return so;
        }
        if (MatrixExponential.isTriangularInSomeOrder(a)) {
            return so.step(
                    "No state drives itself through other states, so the eigenvalues are the diagonal of the matrix,"
                            + " and Putzer's algorithm gives the exponential.",
                    Citation.PUTZER,
                    EXPONENTIAL,
                    closed(a, system.states()));
        }
        if (MatrixExponential.blocks(a).size() > 1) {
            return so.step(
                    "The states fall into blocks that do not drive each other, and the exponential is computed block by"
                            + " block.",
                    EXPONENTIAL,
                    closed(a, system.states()));
        }
        return so.step(
                "The matrix has a single eigenvalue `μ`, so a power of `B = A − μ` is zero and the series of the"
                        + " exponential is finite.",
                Citation.CAYLEY_HAMILTON,
                FormSteps.equation("μ", "\\mu", MatrixExponential.meanEigenvalue(a), List.of()),
                Formula.written(
                        "exp(A τ) = exp(μ τ) Σₖ Bᵏ τᵏ/k!",
                        "e^{A \\tau} = e^{\\mu \\tau} \\sum_{k} \\frac{B^{k} \\tau^{k}}{k!}"),
                closed(a, system.states()));
    }

    private static Formula closed(Matrix a, List<Symbol> states) {
        return MatrixExponential.of(a, SystemMoments.TAU)
                .map(found ->
                        Formula.lines(n -> MatrixEntries.ofStates(found, states).written("Φ", "\\Phi", n)))
                .orElse(EXPONENTIAL);
    }

    private static int sign(Matrix a) {
        Expr delta = MatrixExponential.discriminant(a);
        return delta.isZero() ? 0 : MatrixExponential.isPositive(delta) ? 1 : -1;
    }

    private static String twoStates(Matrix a) {
        String rule = "The coefficient of the mean is the exponential of `A τ`, and `A` has ";
        double middle = Evaluation.of(MatrixExponential.halfTrace(a));
        double delta = Evaluation.of(MatrixExponential.discriminant(a));
        boolean coupled = !a.at(0, 1).isZero() || !a.at(1, 0).isZero();
        return rule
                + switch (sign(a)) {
                    case 0 -> "one double eigenvalue" + (middle < 0 && coupled ? ": critical damping." : ".");
                    case 1 ->
                        "two real eigenvalues: "
                                + (middle + Math.sqrt(delta) < 0 ? "damped without oscillation." : "no oscillation.");
                    default -> "a pair of complex eigenvalues: the mean oscillates.";
                };
    }

    private static Formula eigenvalues(Matrix a) {
        return Formula.lines(n -> List.of(
                n.equation(
                        n.choose("μ = ½ tr A", "\\mu = \\tfrac{1}{2} \\operatorname{tr} A"),
                        n.of(MatrixExponential.halfTrace(a))),
                n.equation(
                        n.choose("Δ = μ² − det A", "\\Delta = \\mu^{2} - \\det A"),
                        n.of(MatrixExponential.discriminant(a)))));
    }

    private static Formula byDiscriminant(Matrix a) {
        return switch (sign(a)) {
            case 0 ->
                Formula.written(
                        "exp(A τ) = exp(μ τ) (1 + (A − μ) τ)",
                        "e^{A \\tau} = e^{\\mu \\tau} \\left(1 + (A - \\mu) \\tau\\right)");
            case 1 ->
                Formula.written(
                        "exp(A τ) = exp(μ τ) (cosh(√Δ τ) + (A − μ) sinh(√Δ τ)/√Δ)",
                        "e^{A \\tau} = e^{\\mu \\tau} \\left(\\cosh(\\sqrt{\\Delta} \\tau) + (A - \\mu) \\frac{\\sinh(\\sqrt{\\Delta} \\tau)}{\\sqrt{\\Delta}}\\right)");
            default ->
                Formula.written(
                        "exp(A τ) = exp(μ τ) (cos(√−Δ τ) + (A − μ) sin(√−Δ τ)/√−Δ)",
                        "e^{A \\tau} = e^{\\mu \\tau} \\left(\\cos(\\sqrt{-\\Delta} \\tau) + (A - \\mu) \\frac{\\sin(\\sqrt{-\\Delta} \\tau)}{\\sqrt{-\\Delta}}\\right)");
        };
    }

    private static Formula matrices(String a, Matrix slope, String text, String latex, AffineSystem system) {
        Matrix c = Matrix.of(system.size(), 1, (i, j) -> system.constant().get(i));
        List<Symbol> states = system.states();
        return Formula.lines(n -> Stream.of(
                        MatrixEntries.ofStates(slope, states).written(a, a, n),
                        MatrixEntries.ofStates(c, states).written("c", "c", n),
                        MatrixEntries.ofStates(system.rate(), states).written(text, latex, n))
                .flatMap(List::stream)
                .toList());
    }
}
