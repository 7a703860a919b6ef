package org.sdescript.process;

import static org.sdescript.process.Processes.T;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * The process dx = A x dt + diag(b) dw, and its moments in 50 decimal digits: (Φ, Σ) solves a linear equation, whose
 * matrix L is exponentiated by scaling and squaring; Σ is written over pairs of states, so that nothing cancels.
 *
 * @param noise b
 */
record ConstantSystem(String name, double[][] a, double[] noise) {
    static final MathContext DIGITS = new MathContext(50);

    /** Returns Φᵢⱼ. */
    static BigDecimal phi(BigDecimal[][] exact, int i, int j, int n) {
        return exact[1 + i * n + j][0];
    }

    /** Returns Σᵢⱼ. */
    static BigDecimal sigma(BigDecimal[][] exact, int i, int j, int n) {
        return exact[1 + n * n + i * n + j][0];
    }

    @Override
    public String toString() {
        return name;
    }

    Process process() {
        int n = noise.length;
        List<Symbol> states =
                IntStream.range(0, n).mapToObj(i -> Expr.symbol("x_" + (i + 1))).toList();
        List<Expr> drift = IntStream.range(0, n)
                .mapToObj(i -> Expr.sum(IntStream.range(0, n)
                        .mapToObj(j -> Expr.of(a[i][j]).times(states.get(j)))
                        .toList()))
                .toList();
        List<String> noises =
                IntStream.range(0, n).mapToObj(i -> "w_" + (i + 1)).toList();
        List<List<Expr>> diffusion = IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, n)
                        .mapToObj(j -> i == j ? Expr.of(noise[i]) : Expr.ZERO)
                        .toList())
                .toList();
        return Process.of(name, T, 1e-5, 1, states, noises, drift, diffusion);
    }

    /** Returns exp(L t) applied to the column (1, 1 for Φ, 0 for Σ). */
    BigDecimal[][] exact(BigDecimal t) {
        int n = noise.length;
        int size = 1 + 2 * n * n;
        BigDecimal[][] l = zeros(size, size);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int phi = 1 + i * n + j;
                int sigma = 1 + n * n + i * n + j;
                if (i == j) {
                    BigDecimal b = number(noise[i]);
                    l[sigma][0] = b.multiply(b);
                }
                for (int k = 0; k < n; k++) {
                    BigDecimal own = number(a[i][k]);
                    l[phi][1 + k * n + j] = l[phi][1 + k * n + j].add(own);
                    l[sigma][1 + n * n + k * n + j] = l[sigma][1 + n * n + k * n + j].add(own);
                    BigDecimal other = number(a[j][k]);
                    l[sigma][1 + n * n + i * n + k] = l[sigma][1 + n * n + i * n + k].add(other);
                }
            }
        }
        BigDecimal[][] start = zeros(size, 1);
        start[0][0] = BigDecimal.ONE;
        for (int i = 0; i < n; i++) {
            start[1 + i * n + i][0] = BigDecimal.ONE;
        }
        return times(exponential(l, t), start);
    }

    /** Returns the number as written, which is the value in the process. */
    static BigDecimal number(double value) {
        return BigDecimal.valueOf(value);
    }

    private static BigDecimal[][] exponential(BigDecimal[][] l, BigDecimal t) {
        int halvings = 14;
        BigDecimal step = t.divide(BigDecimal.TWO.pow(halvings), DIGITS);
        int size = l.length;
        BigDecimal[][] scaled = zeros(size, size);
        BigDecimal[][] term = zeros(size, size);
        for (int i = 0; i < size; i++) {
            term[i][i] = BigDecimal.ONE;
            for (int j = 0; j < size; j++) {
                scaled[i][j] = l[i][j].multiply(step, DIGITS);
            }
        }
        List<BigDecimal[][]> terms = new ArrayList<>();
        terms.add(term);
        for (int k = 1; k <= 24; k++) {
            term = times(term, scaled);
            for (BigDecimal[] row : term) {
                for (int j = 0; j < size; j++) {
                    row[j] = row[j].divide(BigDecimal.valueOf(k), DIGITS);
                }
            }
            terms.add(term);
        }
        BigDecimal[][] total = zeros(size, size);
        for (BigDecimal[][] each : terms) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    total[i][j] = total[i][j].add(each[i][j], DIGITS);
                }
            }
        }
        for (int i = 0; i < halvings; i++) {
            total = times(total, total);
        }
        return total;
    }

    private static BigDecimal[][] times(BigDecimal[][] a, BigDecimal[][] b) {
        BigDecimal[][] product = zeros(a.length, b[0].length);
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                if (a[i][k].signum() != 0) {
                    for (int j = 0; j < b[0].length; j++) {
                        if (b[k][j].signum() != 0) {
                            product[i][j] = product[i][j].add(a[i][k].multiply(b[k][j], DIGITS), DIGITS);
                        }
                    }
                }
            }
        }
        return product;
    }

    private static BigDecimal[][] zeros(int height, int width) {
        BigDecimal[][] matrix = new BigDecimal[height][width];
        for (BigDecimal[] row : matrix) {
            java.util.Arrays.fill(row, BigDecimal.ZERO);
        }
        return matrix;
    }
}
