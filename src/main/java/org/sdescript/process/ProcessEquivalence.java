package org.sdescript.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.ParameterNumbers;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;

/**
 * Compares processes by meaning: a score of one process is a score of another if both have the same drift, noise and
 * starting laws, at all times of the second. Names, forms and parameters without effect play no part.
 */
public final class ProcessEquivalence {
    private static final double CLOSE = 1e-9;
    private static final double GOLDEN = 0.6180339887498949;

    /** Both ends, and between them multiples of the golden ratio modulo 1: no gap is longer than 1/46. */
    private static final double[] SHARES = DoubleStream.concat(
                    DoubleStream.of(0, 1), IntStream.range(1, 64).mapToDouble(i -> i * GOLDEN % 1))
            .toArray();

    private static final double[] STATES = {0.37, -1.91, 5.3};

    private ProcessEquivalence() {}

    /**
     * True if a score learned for {@code known} holds for {@code asked}, whose domain may be a part of that of
     * {@code known}.
     */
    public static boolean covers(Process known, Process asked) {
        double slack = CLOSE * (asked.tMax() - asked.tMin());
        return known == asked
                || known.reversed() == asked.reversed()
                        && names(known).equals(names(asked))
                        && known.tMin() <= asked.tMin() + slack
                        && known.tMax() >= asked.tMax() - slack
                        && known.stated().starts().equals(asked.stated().starts())
                        && (asked.isPath() ? follow(known, asked) : agree(known, asked));
    }

    /** True if both follow the same path between two laws; the one that is known may end in noise. */
    private static boolean follow(Process known, Process asked) {
        return known.stated().path().isPresent()
                && agree(
                        coefficients(known.stated().path().get()),
                        coefficients(asked.stated().path().orElseThrow()),
                        known,
                        asked);
    }

    private static List<Expr> coefficients(StochasticInterpolant path) {
        return List.of(path.a(), path.b(), path.m(), path.gamma().expandCalls().pow(2));
    }

    private static List<String> names(Process process) {
        return process.states().stream().map(Expr.Symbol::name).toList();
    }

    private static boolean agree(Process a, Process b) {
        List<Expr> first = coefficients(a);
        List<Expr> second = coefficients(b);
        if (first.equals(second) || a.hasScore() || b.hasScore() || a.hasVelocity() || b.hasVelocity()) {
            return first.equals(second);
        }
        if (!haveSameNumbers(a, b)) {
            return false;
        }
        return agree(first, second, a, b);
    }

    private static boolean agree(List<Expr> first, List<Expr> second, Process a, Process b) {
        for (double share : SHARES) {
            double t = b.tMin() + share * (b.tMax() - b.tMin());
            for (int k = 0; k < STATES.length; k++) {
                for (int i = 0; i < first.size(); i++) {
                    if (!isClose(at(first.get(i), a, t, k), at(second.get(i), b, t, k))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * True if parameters of several numbers have the same range under the same name, and the same numbers unless one is a
     * part of the other, the rows of some samples.
     */
    private static boolean haveSameNumbers(Process a, Process b) {
        Map<String, Expr.Parameter> known = several(a);
        Map<String, Expr.Parameter> asked = several(b);
        return known.keySet().equals(asked.keySet())
                && known.keySet().stream()
                        .allMatch(name -> haveSameNumbers(
                                Objects.requireNonNull(known.get(name)), Objects.requireNonNull(asked.get(name))));
    }

    private static boolean haveSameNumbers(Expr.Parameter a, Expr.Parameter b) {
        boolean held = a.owner() instanceof ParameterNumbers && b.owner() instanceof ParameterNumbers;
        double[] first = held ? ((ParameterNumbers) a.owner()).numbers() : new double[0];
        double[] second = held ? ((ParameterNumbers) b.owner()).numbers() : new double[0];
        return a.low() == b.low()
                && a.high() == b.high()
                && (first.length != second.length || Arrays.equals(first, second));
    }

    private static Map<String, Expr.Parameter> several(Process process) {
        Map<String, Expr.Parameter> several = new HashMap<>();
        process.parameters().stream()
                .filter(parameter -> !parameter.isSingle())
                .forEach(parameter -> several.put(parameter.name(), parameter));
        return several;
    }

    /** Returns f and G Gᵀ: the noise may differ in sign, and in the Wiener processes that carry it. */
    private static List<Expr> coefficients(Process process) {
        return Stream.concat(
                        process.drift().stream(),
                        process.covarianceRate().stream().flatMap(List::stream))
                .toList();
    }

    /** True if both are close, or one has no value, as a coefficient of a bridge at an end. */
    private static boolean isClose(double a, double b) {
        return !Double.isFinite(a)
                || !Double.isFinite(b)
                || Math.abs(a - b) <= CLOSE * Math.max(1e-12, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static double at(Expr coefficient, Process process, double t, int k) {
        Map<Expr.Symbol, Expr> values = new HashMap<>(Map.of(process.time(), Expr.of(t)));
        List<Expr.Symbol> states = new ArrayList<>(process.states());
        for (int i = 0; i < states.size(); i++) {
            values.put(states.get(i), Expr.of(STATES[(k + i) % STATES.length]));
        }
        try {
            return Evaluation.of(coefficient.with(values));
        } catch (Undefined | TooLarge unknown) {
            return Double.NaN;
        }
    }
}
