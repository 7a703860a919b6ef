package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.backend.Tensor;
import org.sdescript.process.Gaussian;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.Matrix;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.FollowedParameters;
import org.sdescript.runtime.process.InitialLaws;
import org.sdescript.runtime.process.ProcessValue;

/**
 * The mismatch of a prior: KL( N(Φμ + m, ΦCΦᵀ + Σ) ‖ prior ) at t_max for data with mean μ and covariance C, in nats.
 */
final class PriorMismatch {
    private static final int MOST_COMPONENTS = 4096;

    private PriorMismatch() {}

    static Value of(Call call) {
        Process process = ProcessValue.argument(call, "process").process();
        SeveralNumbers.refuse(process, "the mismatch of " + process.name());
        Transition transition = FollowedParameters.transition(process);
        FollowedParameters.refuseMismatchOfSystem(process);
        Initial start = Initial.of(process, call);
        int n = transition.states().size();
        int d = start.components();
        Moments moments = transition.computed();
        double[][] map = atEnd(process, moments.map());
        double[][] noise = atEnd(process, moments.covariance());
        double[] mean = new double[n * d];
        double[][] covariance = new double[n * d][n * d];
        for (int i = 0; i < n; i++) {
            double offset =
                    Evaluation.of(moments.offset().get(i), process.time()).at(process.tMax());
            Arrays.fill(mean, i * d, (i + 1) * d, offset);
            for (int k = 0; k < n; k++) {
                for (int c = 0; c < d; c++) {
                    mean[i * d + c] += map[i][k] * start.mean()[k * d + c];
                }
            }
            for (int j = 0; j < n; j++) {
                for (int c = 0; c < d; c++) {
                    covariance[i * d + c][j * d + c] += noise[i][j];
                }
                addMapped(covariance, start, map, i, j);
            }
        }
        double nats = divergence(call, mean, covariance, process.prior());
        return FollowedParameters.areIn(process)
                ? new MismatchFormula(process, transition, call).of(start.mean(), start.covariance())
                : Value.number(nats);
    }

    /** Adds block i, j of ΦCΦᵀ. */
    private static void addMapped(double[][] covariance, Initial start, double[][] map, int i, int j) {
        int d = start.components();
        for (int k = 0; k < map.length; k++) {
            for (int l = 0; l < map.length; l++) {
                double factor = map[i][k] * map[j][l];
                for (int c = 0; c < d; c++) {
                    for (int e = 0; e < d; e++) {
                        covariance[i * d + c][j * d + e] += factor * start.covariance()[k * d + c][l * d + e];
                    }
                }
            }
        }
    }

    static double[][] atEnd(Process process, Matrix matrix) {
        return matrix.rows().stream()
                .map(row -> row.stream()
                        .mapToDouble(e -> Evaluation.of(e, process.time()).at(process.tMax()))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Mean and covariance at the start, ordered by state, then by component. */
    private record Initial(double[] mean, double[][] covariance, int components) {

        /** Computes the moments of data states from the data, those of the other states from their stated laws. */
        static Initial of(Process process, Call call) {
            List<String> states =
                    process.states().stream().map(Expr.Symbol::name).toList();
            Map<String, Value> data = dataByState(process, call);
            List<String> given = states.stream().filter(data::containsKey).toList();
            double[][] rows = joined(
                    call,
                    given.stream()
                            .map(state -> rows(call, Objects.requireNonNull(data.get(state)), given.size()))
                            .toList());
            int d = rows[0].length / given.size();
            double[] its = PriorMismatch.mean(rows);
            double[][] spread = PriorMismatch.covariance(rows, its);
            double[] mean = new double[states.size() * d];
            double[][] covariance = new double[mean.length][mean.length];
            for (int i = 0; i < states.size(); i++) {
                int from = given.indexOf(states.get(i));
                for (int c = 0; c < d; c++) {
                    int at = i * d + c;
                    if (from < 0) {
                        InitialLaw start = Objects.requireNonNull(
                                process.stated().starts().get(process.states().get(i)));
                        mean[at] = start.mean();
                        covariance[at][at] = start.std() * start.std();
                    } else {
                        mean[at] = its[from * d + c];
                        for (int j = 0; j < given.size(); j++) {
                            int to = states.indexOf(given.get(j)) * d;
                            System.arraycopy(spread[from * d + c], j * d, covariance[at], to, d);
                        }
                    }
                }
            }
            return new Initial(mean, covariance, d);
        }
    }

    /** Returns the data by state: a record by its fields, a tensor as the only state without a stated law. */
    private static Map<String, Value> dataByState(Process process, Call call) {
        if (process.states().size() > 1 && call.value("data") instanceof Value.RecordValue(var fields)) {
            InitialLaws.refuseUnknown(process, fields.keySet(), call);
            return fields;
        }
        String state = process.states().size() == 1
                ? process.states().getFirst().name()
                : InitialLaws.dataState(process, call).name();
        return Map.of(state, call.value("data"));
    }

    /** Concatenates the samples of several states column-wise. */
    private static double[][] joined(Call call, List<double[][]> parts) {
        double[][] first = parts.getFirst();
        if (parts.stream().anyMatch(part -> part.length != first.length || part[0].length != first[0].length)) {
            throw call.diagnostic("E0660", "the states of the data differ in the number of samples or components")
                    .help("each state has a tensor `[samples, components]` of one shape")
                    .raise();
        }
        double[][] rows = new double[first.length][];
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            rows[i] = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part[row]))
                    .toArray();
        }
        return rows;
    }

    private static double[][] rows(Call call, Value given, int states) {
        Value data = call.tensors().require(given, "`data` of mismatch", call.span());
        if (!(data instanceof Value.TensorValue(Tensor tensor))
                || tensor.shape().rank() == 0) {
            throw Coercion.mismatch(data, "`data` of mismatch", "a data set or a tensor of samples", call.span());
        }
        int n = Math.toIntExact(tensor.shape().size(0));
        int components = n == 0 ? 0 : Math.toIntExact(tensor.shape().elements() / n);
        if (n < 2 || components * states > MOST_COMPONENTS) {
            throw call.diagnostic(
                            "E0651",
                            "mismatch needs at least two samples of at most " + MOST_COMPONENTS + " components")
                    .note("the data is of shape " + tensor.shape())
                    .help("for large images, a few components are enough: `mismatch(p, data.x[:, :64])`")
                    .raise();
        }
        double[] flat = tensor.toDoubles();
        double[][] rows = new double[n][components];
        for (int i = 0; i < n; i++) {
            System.arraycopy(flat, i * components, rows[i], 0, components);
        }
        return rows;
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] rows, double[] mean) {
        int d = mean.length;
        double[][] covariance = new double[d][d];
        for (double[] row : rows) {
            for (int i = 0; i < d; i++) {
                double centred = (row[i] - mean[i]) / rows.length;
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += centred * (row[j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                covariance[i][j] = covariance[j][i];
            }
        }
        return covariance;
    }

    private static double divergence(Call call, double[] mean, double[][] covariance, Gaussian prior) {
        try {
            return NormalDivergence.of(mean, covariance, prior);
        } catch (MathIllegalArgumentException singular) {
            throw call.diagnostic("E0652", "at t_max the data has no spread in some direction")
                    .help("a process whose noise reaches every component gives it one")
                    .raise();
        }
    }
}
