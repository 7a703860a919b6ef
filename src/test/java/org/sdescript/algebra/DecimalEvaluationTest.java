package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sdescript.algebra.Generated.X;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalEvaluationTest {
    private static final int DIGITS = 50;

    @Test
    void constants_have_their_digits() {
        // OEIS A000796, A001113, A002392, A002193
        starts(Expr.PI, "3.14159265358979323846264338327950288419716939937");
        starts(Expr.exp(Expr.ONE), "2.718281828459045235360287471352662497757247093");
        starts(Expr.log(Expr.of(10)), "2.30258509299404568401799145468436420760110148862");
        starts(Expr.sqrt(Expr.of(2)), "1.41421356237309504880168872420969807856967187537");
        starts(Expr.apply(Elementary.ERF, Expr.ONE), "0.84270079294971486934122063508260925929606699796");
        starts(Expr.sin(Expr.ONE), "0.84147098480789650665250232163029899962256306079");
        starts(Expr.apply(Elementary.ATAN, Expr.HALF), "0.46364760900080611621425623146121440202853705428");
    }

    private static void starts(Expr e, String digits) {
        assertThat(DecimalEvaluation.of(e, Map.of(), DIGITS).toPlainString()).startsWith(digits);
    }

    @Test
    void functions_agree_with_those_of_double_precision() {
        Random random = new Random(3);
        for (Elementary f : Elementary.values()) {
            for (int i = 0; i < 200 && f.arity() == 1; i++) {
                double x = random.nextGaussian() * Math.pow(10, random.nextInt(-8, 2));
                double u = f == Elementary.LOG || f == Elementary.LOG1P ? Math.abs(x) : x;
                double expected = f.at(u);
                double actual = DecimalEvaluation.of(new Expr.Apply(f, X), Map.of(X, new BigDecimal(u)), DIGITS)
                        .doubleValue();
                // tan near its poles: rounding the argument to double is exact, rounding π is not
                assertThat(Math.abs(actual - expected))
                        .as("%s(%s)", f, u)
                        .isLessThanOrEqualTo(4e-15 * Math.abs(expected) + 1e-300);
            }
        }
    }

    @Test
    void what_has_no_real_value_is_said() {
        assertThatThrownBy(() -> at(Expr.log(X), -1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> at(Expr.sqrt(X), -1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> at(X.pow(-1), 0)).isInstanceOf(ArithmeticException.class);
    }

    private static BigDecimal at(Expr e, long x) {
        return DecimalEvaluation.of(e, Map.of(X, BigDecimal.valueOf(x)), DIGITS);
    }
}
