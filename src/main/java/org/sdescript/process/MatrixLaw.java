package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The moments of dx = (F x + c) dτ + G dw with constant F, c and C = G Gᵀ as functions of the elapsed τ: Φ = exp(F τ), m and Σ = τ
 * L Lᵀ. Each is tabulated by Chebyshev polynomials of z = 2 √(τ/τ_max) − 1, in which fast parts near τ = 0 are resolved; L is a
 * smooth function down to τ = 0 where C is positive definite.
 *
 * @param longest τ_max
 * @param map Φ, a row of size² coefficients for each polynomial
 * @param offset m
 * @param factor L
 * @param inverse L⁻¹
 * @param back exp(−F τ/{@code parts}), of which {@code parts} in a row are Φ⁻¹
 */
public record MatrixLaw(
        int size,
        double longest,
        double[][] map,
        double[][] offset,
        double[][] factor,
        double[][] inverse,
        double[][] back,
        int parts) {
    private static final int FEWEST = 32;
    private static final int MOST = 512;

    /** The last coefficients of a table are smaller than the largest by this factor. */
    private static final double TAIL = 1e-13;

    /** A series of this many terms is exact to 2⁻⁵³ for |F| τ ≤ {@link #SHORT}: SHORT¹⁴/14! is 3e-17. */
    private static final int TERMS = 14;

    private static final double SHORT = 0.5;

    /** Φ⁻¹ is a product of parts that are no larger than exp(4), so that no digits are lost in a table of them. */
    private static final double LARGEST_PART = 4;

    /** Throws {@link ArithmeticException} if C is not positive definite, or if the tables would be too long. */
    public static MatrixLaw of(double[][] f, double[] c, double[][] rate, double longest) {
        int parts = (int) Math.max(1, Math.ceil(norm(f) * longest / LARGEST_PART));
        for (int count = FEWEST; count <= MOST; count *= 2) {
            MatrixLaw law = tabulated(f, c, rate, longest, parts, count);
            if (Double.isNaN(law.factor[0][law.factor[0].length - 1])) {
                throw new ArithmeticException("its noise does not reach every direction");
            }
            if (List.of(law.map, law.offset, law.factor, law.inverse, law.back).stream()
                    .allMatch(MatrixLaw::isResolved)) {
                return law;
            }
        }
        throw new ArithmeticException("the moments change too fast for a table");
    }

    private static MatrixLaw tabulated(
            double[][] f, double[] c, double[][] rate, double longest, int parts, int count) {
        List<Node> nodes = IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> {
                    double share = (1 + Math.cos(Math.PI * (k + 0.5) / count)) / 2;
                    return Node.of(f, c, rate, longest * share * share, parts);
                })
                .toList();
        return new MatrixLaw(
                c.length,
                longest,
                coefficients(nodes.stream().map(Node::map).toList()),
                coefficients(nodes.stream()
                        .map(node -> new double[][] {node.offset()})
                        .toList()),
                coefficients(nodes.stream().map(Node::factor).toList()),
                coefficients(nodes.stream().map(Node::inverse).toList()),
                coefficients(nodes.stream().map(Node::back).toList()),
                parts);
    }

    private static boolean isResolved(double[][] coefficients) {
        double largest = 0;
        double last = 0;
        for (int k = 0; k < coefficients.length; k++) {
            for (double value : coefficients[k]) {
                largest = Math.max(largest, Math.abs(value));
                last = k < coefficients.length - 2 ? last : Math.max(last, Math.abs(value));
            }
        }
        return last <= TAIL * largest;
    }

    /** Returns the coefficients of the polynomials through the values at the Chebyshev nodes. */
    private static double[][] coefficients(List<double[][]> values) {
        int count = values.size();
        int height = values.getFirst().length;
        int width = values.getFirst()[0].length;
        double[][] coefficients = new double[count][height * width];
        IntStream.range(0, count).parallel().forEach(j -> {
            for (int k = 0; k < count; k++) {
                double weight = (j == 0 ? 1.0 : 2.0) / count * Math.cos(Math.PI * j * (k + 0.5) / count);
                for (int row = 0; row < height; row++) {
                    double[] from = values.get(k)[row];
                    for (int column = 0; column < width; column++) {
                        coefficients[j][row * width + column] += weight * from[column];
                    }
                }
            }
        });
        return coefficients;
    }

    /** The moments at one τ. */
    private record Node(double[][] map, double[] offset, double[][] factor, double[][] inverse, double[][] back) {

        static Node of(double[][] f, double[] c, double[][] rate, double tau, int parts) {
            int doublings = (int) Math.max(0, Math.ceil(Math.log(norm(f) * tau / SHORT) / Math.log(2)));
            double h = tau / Math.pow(2, doublings);
            double[][] map = exponential(f, h);
            double[][] covariance = shortCovariance(f, rate, h);
            double[] offset = shortOffset(f, c, h);
            for (int k = 0; k < doublings; k++) {
                covariance = plus(covariance, product(product(map, covariance), transposed(map)));
                offset = plus(offset, times(map, offset));
                map = product(map, map);
            }
            double[][] lower = lower(scaled(covariance, 1 / tau));
            return new Node(map, offset, lower, lowerInverse(lower), shortExponential(f, -tau / parts));
        }

        /** Returns exp(F h) for an h that doubling made short, or for one part. */
        private static double[][] shortExponential(double[][] f, double h) {
            int doublings = (int) Math.max(0, Math.ceil(Math.log(norm(f) * Math.abs(h) / SHORT) / Math.log(2)));
            double[][] map = exponential(f, h / Math.pow(2, doublings));
            for (int k = 0; k < doublings; k++) {
                map = product(map, map);
            }
            return map;
        }

        private static double[][] exponential(double[][] f, double h) {
            double[][] term = identity(f.length);
            double[][] sum = term;
            for (int k = 1; k <= TERMS; k++) {
                term = scaled(product(f, term), h / k);
                sum = plus(sum, term);
            }
            return sum;
        }

        /** Returns Σ over k of h^(k+1)/(k+1)! times the k-th derivative of the covariance, where X ↦ F X + X Fᵀ. */
        private static double[][] shortCovariance(double[][] f, double[][] rate, double h) {
            double[][] term = scaled(rate, h);
            double[][] sum = term;
            // the map has twice the norm of F
            for (int k = 2; k <= TERMS + 6; k++) {
                double[][] moved = product(f, term);
                term = scaled(plus(moved, transposed(moved)), h / k);
                sum = plus(sum, term);
            }
            return sum;
        }

        private static double[] shortOffset(double[][] f, double[] c, double h) {
            double[] term = c.clone();
            for (int i = 0; i < term.length; i++) {
                term[i] *= h;
            }
            double[] sum = term;
            for (int k = 2; k <= TERMS + 1; k++) {
                term = times(f, term);
                for (int i = 0; i < term.length; i++) {
                    term[i] *= h / k;
                }
                sum = plus(sum, term);
            }
            return sum;
        }
    }

    /** The largest sum of absolute values in a row, a bound of the eigenvalues. */
    private static double norm(double[][] a) {
        double largest = 0;
        for (double[] row : a) {
            double sum = 0;
            for (double value : row) {
                sum += Math.abs(value);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private static double[][] identity(int size) {
        double[][] one = new double[size][size];
        for (int i = 0; i < size; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    /** Returns a b; the inner loop goes along rows, which the processor reads in a stream. */
    private static double[][] product(double[][] a, double[][] b) {
        int size = a.length;
        double[][] c = new double[size][size];
        for (int i = 0; i < size; i++) {
            double[] row = c[i];
            for (int k = 0; k < size; k++) {
                double factor = a[i][k];
                double[] from = b[k];
                for (int j = 0; j < size; j++) {
                    row[j] += factor * from[j];
                }
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        double[][] b = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                b[j][i] = a[i][j];
            }
        }
        return b;
    }

    private static double[][] plus(double[][] a, double[][] b) {
        double[][] c = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            c[i] = plus(a[i], b[i]);
        }
        return c;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            c[i] = a[i] + b[i];
        }
        return c;
    }

    private static double[][] scaled(double[][] a, double factor) {
        double[][] b = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                b[i][j] = factor * a[i][j];
            }
        }
        return b;
    }

    private static double[] times(double[][] a, double[] v) {
        double[] product = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int k = 0; k < v.length; k++) {
                product[i] += a[i][k] * v[k];
            }
        }
        return product;
    }

    /** Returns L with L Lᵀ = a, with NaN on the diagonal of an a that is not positive definite. */
    private static double[][] lower(double[][] a) {
        double[][] lower = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(rest > 0 ? rest : Double.NaN) : rest / lower[j][j];
            }
        }
        return lower;
    }

    private static double[][] lowerInverse(double[][] lower) {
        int size = lower.length;
        double[][] inverse = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double factor = lower[i][j];
                for (int k = 0; k <= j; k++) {
                    inverse[i][k] -= factor * inverse[j][k];
                }
            }
            inverse[i][i] = 1;
            for (int k = 0; k <= i; k++) {
                inverse[i][k] /= lower[i][i];
            }
        }
        return inverse;
    }
}
