package org.sdescript.runtime.builtin;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.sdescript.algebra.Evaluation;
import org.sdescript.backend.Tensor;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Value;

/** What a prior costs: KL( N(Φμ + m, Φ²C + v) ‖ prior ) at t_max for data of mean μ and covariance C, in nats. */
final class Mismatch {
    private static final int MOST_COMPONENTS = 4096;

    private Mismatch() {}

    static Value of(Call call) {
        Process process = call.process("process").process();
        Transition transition = process.transition();
        if (!transition.isScalar()) {
            throw call.diagnostic("E0633", "mismatch compares one state with its prior, and this is a system")
                    .help("`p.prior` is the law of all states at t_max")
                    .raise();
        }
        double[][] data = rows(call);
        double phi = Evaluation.of(transition.meanCoefficient(), process.time()).at(process.tMax());
        double offset = Evaluation.of(transition.offset(), process.time()).at(process.tMax());
        double variance = Evaluation.of(transition.variance(), process.time()).at(process.tMax());
        double[] mean = mean(data);
        double[][] covariance = covariance(data, mean);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = phi * mean[i] + offset;
            for (int j = 0; j < mean.length; j++) {
                covariance[i][j] = phi * phi * covariance[i][j] + (i == j ? variance : 0);
            }
        }
        return Value.number(divergence(call, mean, covariance, process.prior()));
    }

    private static double[][] rows(Call call) {
        Value data = call.tensor("data");
        if (!(data instanceof Value.TensorValue(Tensor tensor)) || tensor.shape().rank() == 0) {
            throw Convert.mismatch(data, "`data` of mismatch", "a data set or a tensor of samples", call.span());
        }
        int n = Math.toIntExact(tensor.shape().size(0));
        int components = n == 0 ? 0 : Math.toIntExact(tensor.shape().elements() / n);
        if (n < 2 || components > MOST_COMPONENTS) {
            throw call.diagnostic("E0634", "mismatch needs two samples at least, of " + MOST_COMPONENTS + " components at most")
                    .note("the data is of shape " + tensor.shape())
                    .help("of large images, a few components tell as much: `mismatch(p, data.x[:, :64])`")
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

    /** ½ (tr C/s² + |μ − μ₀|²/s² − d + d log s² − log det C), for a prior N(μ₀, s²). */
    private static double divergence(Call call, double[] mean, double[][] covariance, Gaussian prior) {
        int d = mean.length;
        double spread = prior.stdValue() * prior.stdValue();
        double total = d * (Math.log(spread) - 1);
        for (int i = 0; i < d; i++) {
            double distance = mean[i] - prior.meanValue();
            total += (covariance[i][i] + distance * distance) / spread;
        }
        return (total - logDeterminant(call, covariance)) / 2;
    }

    private static double logDeterminant(Call call, double[][] covariance) {
        try {
            double[][] factor = new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance), 1e-8, 0)
                    .getL()
                    .getData();
            double total = 0;
            for (int i = 0; i < factor.length; i++) {
                total += 2 * Math.log(factor[i][i]);
            }
            return total;
        } catch (MathIllegalArgumentException singular) {
            throw call.diagnostic("E0635", "at t_max the data has no spread in some direction")
                    .help("a process whose noise reaches every component gives it one")
                    .raise();
        }
    }
}
