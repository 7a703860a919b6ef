package org.sdescript.runtime.process;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.process.Affinity;
import org.sdescript.process.Derived;
import org.sdescript.process.LazyField;
import org.sdescript.process.MatrixLaw;
import org.sdescript.process.NumericLaw;
import org.sdescript.process.Process;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.MatrixParameter;
import org.sdescript.runtime.MatrixTerms;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The moments of a process with matrices that have no common orthonormal basis. All its coefficients change by one schedule
 * r(t), so that in the elapsed τ = ∫ r dt they are constant.
 *
 * @param forward the process, without this law
 * @param size the number of components
 * @param cache the tables, computed when they are first asked for
 */
record MatrixDynamics(Process forward, int size, Tensors tensors, Span span, LazyField<Derived<Tables>> cache)
        implements NumericLaw {
    /** The error code for a law that is not carried. */
    static final String CODE = "E0691";

    /**
     * The tables as tensors, [polynomials, numbers].
     *
     * @param elapsed τ(t)
     * @param trace the trace of F
     */
    record Tables(
            Expr elapsed,
            double trace,
            MatrixLaw law,
            Value map,
            Value offset,
            Value factor,
            Value inverse,
            Value back) {}

    /** Returns the law of a process; empty if its formulas name no matrices. */
    static Optional<MatrixDynamics> of(Process process) {
        return process.stated().numeric().map(MatrixDynamics.class::cast);
    }

    Derived<Tables> tables() {
        return cache.of(this::derived);
    }

    private Derived<Tables> derived() {
        try {
            return new Derived.Known<>(tabulated());
        } catch (SdeError refusal) {
            return new Derived.Absent<>(refusal.diagnostics().getFirst());
        } catch (ArithmeticException undefined) {
            return new Derived.Absent<>(refusal("its noise has no common schedule"));
        }
    }

    private Diagnostic refusal(String why) {
        return Diagnostic.error(CODE, null, "the transition of " + forward.name() + " is not computed: " + why)
                .note("its matrices have no common orthonormal basis, so it is computed in an elapsed time in which all"
                        + " coefficients are constant")
                .help("`simulate`, `implicit()` and `sliced()`, and samplers by `euler_maruyama`, `ode_euler` and"
                        + " `ode_heun` need no transition; a process without one states its `prior`");
    }

    private Tables tabulated() {
        Expr.Symbol x = forward.states().getFirst();
        MatrixTerms drift = MatrixTerms.of(forward.drift().getFirst().expandCalls());
        if (!Affinity.isAffine(drift.rest(), List.of(x))) {
            throw refusal("its drift is not linear in " + x.name()).raise();
        }
        MatrixTerms noise = forward.noises().isEmpty()
                ? MatrixTerms.of(Expr.ZERO)
                : MatrixTerms.of(forward.diffusion().getFirst().getFirst().expandCalls());
        if (forward.noises().size() != 1 || !noise.rest().isFreeOf(x)) {
            throw refusal(
                            forward.noises().size() == 1
                                    ? "its noise depends on " + x.name()
                                    : "it has " + forward.noises().size() + " noises, and not one")
                    .raise();
        }
        Expr size = noise.terms().isEmpty()
                ? noise.rest()
                : noise.terms().getFirst().once();
        Expr rate = Simplification.of(withoutVectors(size).pow(2));
        double[][] f = new double[size()][size()];
        double[] c = new double[size()];
        addDiagonal(f, constant(Derivative.of(drift.rest(), x), rate));
        add(c, constant(drift.rest().with(x, Expr.ZERO), rate));
        for (MatrixTerms.Term term : drift.terms()) {
            double[] entries = ((MatrixParameter) term.matrix().owner()).numbers();
            double factor = constant(Derivative.of(term.once(), x), rate)[0];
            double[] vector = constant(term.once().with(x, Expr.ZERO), rate);
            for (int i = 0; i < size(); i++) {
                for (int j = 0; j < size(); j++) {
                    f[i][j] += factor * entries[i * size() + j];
                    c[i] += entries[i * size() + j] * vector[j];
                }
            }
        }
        return tabulated(f, c, covariance(noise, size, rate), rate);
    }

    private Tables tabulated(double[][] f, double[] c, double[][] covariance, Expr rate) {
        Expr.Symbol y = Expr.symbol("τ");
        Expr elapsed = Process.scalar(
                        forward.name(), forward.time(), forward.tMin(), forward.tMax(), y, rate, Expr.ZERO)
                .transition()
                .offset();
        double longest = Evaluation.of(elapsed, forward.time()).at(forward.tMax());
        double trace = 0;
        for (int i = 0; i < size(); i++) {
            trace += f[i][i];
        }
        try {
            MatrixLaw law = MatrixLaw.of(f, c, covariance, longest);
            return new Tables(
                    elapsed,
                    trace,
                    law,
                    held(law.map()),
                    held(law.offset()),
                    held(law.factor()),
                    held(law.inverse()),
                    held(law.back()));
        } catch (ArithmeticException none) {
            throw refusal(String.valueOf(none.getMessage())).raise();
        }
    }

    private Value held(double[][] coefficients) {
        double[] flat =
                Arrays.stream(coefficients).flatMapToDouble(Arrays::stream).toArray();
        return tensors.held(DType.FLOAT64, Shape.of(coefficients.length, coefficients[0].length), flat);
    }

    /** Returns the noise without its vectors of one number for each component, which scale the rows of the covariance. */
    private static Expr withoutVectors(Expr size) {
        Expr result = size;
        for (Expr.Parameter parameter : size.severalParameters()) {
            result = result.replace(parameter, Expr.ONE);
        }
        return result;
    }

    private double[][] covariance(MatrixTerms noise, Expr size, Expr rate) {
        double[][] covariance = new double[size()][size()];
        if (noise.terms().isEmpty()) {
            addDiagonal(covariance, constant(size.pow(2), rate));
            return covariance;
        }
        double[] b = ((MatrixParameter) noise.terms().getFirst().matrix().owner()).numbers();
        double factor = constant(size.pow(2), rate)[0];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                for (int k = 0; k < size(); k++) {
                    covariance[i][j] += factor * b[i * size() + k] * b[j * size() + k];
                }
            }
        }
        return covariance;
    }

    private static void addDiagonal(double[][] matrix, double[] values) {
        for (int i = 0; i < values.length; i++) {
            matrix[i][i] += values[i];
        }
    }

    private static void add(double[] to, double[] values) {
        for (int i = 0; i < values.length; i++) {
            to[i] += values[i];
        }
    }

    /** Returns a coefficient in units of the schedule, one number for each component; throws if it changes with time. */
    private double[] constant(Expr coefficient, Expr rate) {
        double[] numbers = new double[size()];
        if (Simplification.of(coefficient).isZero()) {
            return numbers;
        }
        Expr ratio = Simplification.of(coefficient.over(rate));
        if (!ratio.isFreeOf(forward.time())) {
            throw refusal("its coefficients do not change by one schedule").raise();
        }
        FollowedParameters.refuse(ratio, "the transition of " + forward.name(), span);
        if (!ratio.hasParameters()) {
            Arrays.fill(numbers, Evaluation.of(ratio));
            return numbers;
        }
        Value value = FormulaEvaluation.ofParameters(ratio);
        double[] given =
                switch (value) {
                    case Value.TensorValue its -> its.tensor().toDoubles();
                    case Value.Num(double number) -> new double[] {number};
                    default ->
                        throw refusal("a tensor beside the matrices is not known before the kernel runs")
                                .raise();
                };
        if (given.length != 1 && given.length != size()) {
            throw refusal("a tensor beside the matrices has " + given.length + " numbers")
                    .raise();
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = given[given.length == 1 ? 0 : i];
        }
        return numbers;
    }
}
