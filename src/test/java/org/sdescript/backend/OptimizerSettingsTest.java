package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerSettingsTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 1e-300, 0, 1e-300, 0", "0.999, 0.999, 1, 10, Infinity, 0.999"})
    void the_least_and_the_largest_settings_are_taken(
            double beta1, double beta2, double epsilon, double weightDecay, double clip, double emaDecay) {
        assertThatCode(() -> new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, emaDecay))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.9, 1, 0, 1, 0",
        "-1, 0.9, 1, 0, 1, 0",
        "0.9, 1, 1, 0, 1, 0",
        "0.9, -1, 1, 0, 1, 0",
        "0.9, 0.9, 0, 0, 1, 0",
        "0.9, 0.9, 1, -1, 1, 0",
        "0.9, 0.9, 1, 0, 0, 0",
        "0.9, 0.9, 1, 0, NaN, 0",
        "0.9, 0.9, 1, 0, 1, 1",
        "0.9, 0.9, 1, 0, 1, -1"
    })
    void settings_with_which_no_step_is_defined_are_refused(
            double beta1, double beta2, double epsilon, double weightDecay, double clip, double emaDecay) {
        assertThatThrownBy(() -> new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, emaDecay))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
