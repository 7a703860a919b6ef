package org.sdescript.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.Matrix;
import org.sdescript.process.Moments;

/**
 * The numbers of a law N( Φ x + m, Σ ) of several states.
 *
 * @param map Φ
 * @param offset m
 * @param covariance Σ
 */
record AffineLaw(RealMatrix map, RealVector offset, RealMatrix covariance) {

    /** The law of x itself. */
    static AffineLaw identity(int states) {
        return new AffineLaw(
                MatrixUtils.createRealIdentityMatrix(states),
                MatrixUtils.createRealVector(new double[states]),
                MatrixUtils.createRealMatrix(states, states));
    }

    static AffineLaw of(Moments moments, List<Symbol> symbols, double... values) {
        return of(moments, e -> Evaluation.of(e, symbols.toArray(Symbol[]::new)).at(values));
    }

    /** The law of a step, from stable forms evaluated without rearrangement. */
    static AffineLaw ofStable(Moments moments, List<Symbol> symbols, double... values) {
        return of(moments, e -> Evaluation.ofStable(e, symbols.toArray(Symbol[]::new))
                .at(values));
    }

    private static AffineLaw of(Moments moments, ToDoubleFunction<Expr> value) {
        return new AffineLaw(
                matrix(moments.map(), value),
                MatrixUtils.createRealVector(
                        moments.offset().stream().mapToDouble(value).toArray()),
                matrix(moments.covariance(), value));
    }

    private static RealMatrix matrix(Matrix entries, ToDoubleFunction<Expr> value) {
        return MatrixUtils.createRealMatrix(entries.rows().stream()
                .map(row -> row.stream().mapToDouble(value).toArray())
                .toArray(double[][]::new));
    }

    int states() {
        return offset.getDimension();
    }

    /** This law after another: x ↦ B(Ax + a) + b with the noise of both. */
    AffineLaw after(AffineLaw earlier) {
        return new AffineLaw(
                map.multiply(earlier.map),
                map.operate(earlier.offset).add(offset),
                map.multiply(earlier.covariance).multiplyTransposed(map).add(covariance));
    }

    RealVector mean(double[] x) {
        return map.operate(MatrixUtils.createRealVector(x)).add(offset);
    }

    /** Φ, m and Σ in a row. */
    double[] packed() {
        int n = states();
        double[] packed = new double[n * (2 * n + 1)];
        for (int i = 0; i < n; i++) {
            packed[n * n + i] = offset.getEntry(i);
            for (int j = 0; j < n; j++) {
                packed[i * n + j] = map.getEntry(i, j);
                packed[n * n + n + i * n + j] = covariance.getEntry(i, j);
            }
        }
        return packed;
    }

    static AffineLaw unpacked(double[] packed, int n) {
        AffineLaw law = identity(n);
        for (int i = 0; i < n; i++) {
            law.offset.setEntry(i, packed[n * n + i]);
            for (int j = 0; j < n; j++) {
                law.map.setEntry(i, j, packed[i * n + j]);
                law.covariance.setEntry(i, j, packed[n * n + n + i * n + j]);
            }
        }
        return law;
    }

    /**
     * The distance of another law: entries of Φ and m relative to the largest, of Σ relative to the deviations of their
     * states. 0 where both are 0.
     */
    double distance(AffineLaw other) {
        double moved = relative(other.map.subtract(map).getData(), largest(map.getData()));
        double shifted = relative(
                new double[][] {other.offset.subtract(offset).toArray()}, largest(new double[][] {offset.toArray()}));
        double spread = 0;
        for (int i = 0; i < states(); i++) {
            for (int j = 0; j < states(); j++) {
                double size = Math.sqrt(covariance.getEntry(i, i) * covariance.getEntry(j, j));
                double off = Math.abs(other.covariance.getEntry(i, j) - covariance.getEntry(i, j));
                spread = Math.max(spread, off == 0 ? 0 : off / size);
            }
        }
        return Math.max(Math.max(moved, shifted), spread);
    }

    private static double largest(double[][] entries) {
        return Arrays.stream(entries)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    private static double relative(double[][] differences, double size) {
        double largest = largest(differences);
        return largest == 0 ? 0 : largest / size;
    }
}
