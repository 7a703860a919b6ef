package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.ConstantSystem.DIGITS;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * The law of a step between two times that are close, whose variance is a small difference of Σ(t) and A Σ(s) Aᵀ,
 * against 50 decimal digits.
 */
class CloseTimesTest {
    private static final Symbol S = Expr.symbol("s");
    private static final double[] STARTS = {1e-5, 0.1, 0.5, 0.9};
    private static final double[] STEPS = {0.05, 1e-3, 1e-6, 1e-9, 1e-12};

    /** Some twenty operations in double, each of which is off by 1.1e-16, and t − s, which is exact. */
    private static final double ROUNDING = 1e-14;

    private record Law(
            String name, Process process, BinaryOperator<BigDecimal> coefficient, BinaryOperator<BigDecimal> variance) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static BigDecimal number(double value) {
        return BigDecimal.valueOf(value);
    }

    /** eᵘ of a small or moderate u, by halving and its series. */
    private static BigDecimal exp(BigDecimal u) {
        BigDecimal part = u.divide(BigDecimal.TWO.pow(12), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal total = BigDecimal.ZERO;
        for (int k = 1; k <= 26; k++) {
            total = total.add(term, DIGITS);
            term = term.multiply(part, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
        }
        for (int i = 0; i < 12; i++) {
            total = total.multiply(total, DIGITS);
        }
        return total;
    }

    private static BigDecimal cos(BigDecimal u) {
        BigDecimal term = BigDecimal.ONE;
        BigDecimal total = BigDecimal.ZERO;
        for (int k = 1; k <= 40; k++) {
            total = total.add(term, DIGITS);
            term = term.multiply(u, DIGITS)
                    .multiply(u, DIGITS)
                    .negate()
                    .divide(BigDecimal.valueOf((2L * k - 1) * (2L * k)), DIGITS);
        }
        return total;
    }

    /** ∫ₛᵗ (0.1 + 19.9 u) du, without cancelling. */
    private static BigDecimal integral(BigDecimal s, BigDecimal t) {
        return t.subtract(s).multiply(number(0.1).add(number(9.95).multiply(t.add(s))));
    }

    private static Stream<Law> laws() {
        BinaryOperator<BigDecimal> shrunk = (s, t) -> exp(integral(s, t).divide(BigDecimal.valueOf(-2)));
        BigDecimal half = BigDecimal.ONE.divide(BigDecimal.TWO);
        BigDecimal pi = new BigDecimal("3.14159265358979323846264338327950288419716939937511");
        BinaryOperator<BigDecimal> turned = (s, t) ->
                cos(pi.multiply(half).multiply(t)).divide(cos(pi.multiply(half).multiply(s)), DIGITS);
        BigDecimal growth = BigDecimal.valueOf(5000);
        return Stream.of(
                new Law(
                        "VP",
                        Processes.vp(),
                        shrunk,
                        (s, t) -> BigDecimal.ONE.subtract(exp(integral(s, t).negate()))),
                new Law(
                        "SubVP",
                        Processes.subVp(),
                        shrunk,
                        // (1 − e^−B(t))² − e^−B(s,t) (1 − e^−B(s))², whose middle terms meet: (1 − a)(1 − a e^−2B(s)),
                        // a = e^−B(s,t)
                        (s, t) -> {
                            BigDecimal a = exp(integral(s, t).negate());
                            BigDecimal before = exp(integral(BigDecimal.ZERO, s).multiply(BigDecimal.valueOf(-2)));
                            return BigDecimal.ONE
                                    .subtract(a)
                                    .multiply(BigDecimal.ONE.subtract(a.multiply(before)), DIGITS);
                        }),
                new Law("VE", Processes.ve(), (s, t) -> BigDecimal.ONE, (s, t) -> {
                    BigDecimal log = log(growth).multiply(BigDecimal.TWO);
                    return number(1e-4).multiply(exp(log.multiply(t)).subtract(exp(log.multiply(s))));
                }),
                new Law(
                        "OrnsteinUhlenbeck",
                        Processes.ornsteinUhlenbeck(),
                        (s, t) -> exp(s.subtract(t).multiply(BigDecimal.TWO)),
                        (s, t) -> BigDecimal.ONE
                                .subtract(exp(s.subtract(t).multiply(BigDecimal.valueOf(4))))
                                .divide(BigDecimal.valueOf(16), DIGITS)),
                new Law(
                        "RectifiedFlow",
                        Process.ofTransition("RectifiedFlow", T, 1e-5, 0.999, X, Expr.ONE.minus(T), T),
                        (s, t) -> BigDecimal.ONE.subtract(t).divide(BigDecimal.ONE.subtract(s), DIGITS),
                        (s, t) -> {
                            BigDecimal a = BigDecimal.ONE.subtract(t).divide(BigDecimal.ONE.subtract(s), DIGITS);
                            return t.multiply(t)
                                    .subtract(a.multiply(a).multiply(s).multiply(s), DIGITS);
                        }),
                new Law("CosineVP", Processes.cosine(), turned, (s, t) -> {
                    BigDecimal a = turned.apply(s, t);
                    return BigDecimal.ONE.subtract(a.multiply(a, DIGITS), DIGITS);
                }));
    }

    /** By Newton's method from the double. */
    private static BigDecimal log(BigDecimal x) {
        BigDecimal y = number(Math.log(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            y = y.add(x.multiply(exp(y.negate()), DIGITS).subtract(BigDecimal.ONE), DIGITS);
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void a_step_of_one_state_keeps_all_digits_however_short_it_is(Law law) {
        ConditionalLaw step = law.process().transition().between(S, T);
        Evaluation coefficient = Evaluation.ofStable(step.coefficient(), S, T);
        Evaluation variance = Evaluation.ofStable(step.variance(), S, T);
        List<String> off = new ArrayList<>();
        for (double s : STARTS) {
            for (double h : STEPS) {
                double t = s + h;
                BigDecimal from = new BigDecimal(s);
                BigDecimal to = new BigDecimal(t);
                compare(
                        off,
                        "A",
                        coefficient.at(s, t),
                        law.coefficient().apply(from, to).doubleValue(),
                        s,
                        h,
                        ROUNDING);
                compare(
                        off,
                        "V",
                        variance.at(s, t),
                        law.variance().apply(from, to).doubleValue(),
                        s,
                        h,
                        ROUNDING);
            }
        }
        assertThat(off).isEmpty();
    }

    private static void compare(
            List<String> off, String what, double found, double exact, double s, double h, double tolerance) {
        double error = Math.abs(found - exact) / Math.abs(exact);
        if (!(error <= tolerance)) {
            off.add(what + "(" + s + ", s + " + h + ") is " + found + ", off by " + error);
        }
    }

    /** Relative to √(Vᵢᵢ Vⱼⱼ), the accuracy that is promised of all moments. */
    @ParameterizedTest
    @MethodSource("org.sdescript.process.MomentDigitsTest#families")
    void a_step_of_a_system_keeps_ten_digits_however_short_it_is(ConstantSystem system) {
        int n = system.noise().length;
        ConditionalLaw step = system.process().transition().between(S, T);
        List<String> off = new ArrayList<>();
        for (double s : STARTS) {
            for (double h : STEPS) {
                double t = s + h;
                BigDecimal[][] exact = system.exact(new BigDecimal(t).subtract(new BigDecimal(s)));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        double size =
                                Math.sqrt(ConstantSystem.sigma(exact, i, i, n).doubleValue()
                                        * ConstantSystem.sigma(exact, j, j, n).doubleValue());
                        double found = Evaluation.ofStable(
                                        step.moments().covariance().at(i, j), S, T)
                                .at(s, t);
                        double error = Math.abs(found
                                        - ConstantSystem.sigma(exact, i, j, n).doubleValue())
                                / size;
                        if (!(error <= 1e-10)) {
                            off.add("V" + i + j + "(" + s + ", s + " + h + ") is " + found + ", off by " + error);
                        }
                    }
                }
            }
        }
        assertThat(off).isEmpty();
    }
}
