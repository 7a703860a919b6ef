package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnicodeNamesTest {
    /** A dot stands over one letter, with its index; longer names and higher orders have primes. */
    @ParameterizedTest
    @CsvSource({
        "beta, 0, β",
        "beta, 1, β\u0307",
        "beta, 2, β\u0308",
        "beta, 3, β′′′",
        "beta, 4, β⁽⁴⁾",
        "x, 1, x\u0307",
        "sigma_min, 1, σ\u0307_min",
        "sigma_1, 1, σ\u0307₁",
        "rate, 0, rate",
        "rate, 1, rate′",
        "rate, 2, rate′′"
    })
    void a_derivative_is_marked_on_its_name(String name, int order, String written) {
        assertThat(UnicodeNames.differentiated(name, order)).isEqualTo(written);
    }
}
