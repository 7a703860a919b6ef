package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerSettingsTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 1e-300, 0, 1e-300", "0.999, 0.999, 1, 10, Infinity"})
    void the_least_and_the_largest_settings_are_taken(
            double beta1, double beta2, double epsilon, double weightDecay, double clip) {
        assertThatCode(() -> new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.9, 1, 0, 1",
        "-1, 0.9, 1, 0, 1",
        "0.9, 1, 1, 0, 1",
        "0.9, -1, 1, 0, 1",
        "0.9, 0.9, 0, 0, 1",
        "0.9, 0.9, 1, -1, 1",
        "0.9, 0.9, 1, 0, 0",
        "0.9, 0.9, 1, 0, NaN"
    })
    void settings_with_which_no_step_is_defined_are_refused(
            double beta1, double beta2, double epsilon, double weightDecay, double clip) {
        assertThatThrownBy(() -> new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1, Double.NaN})
    void a_decay_outside_of_its_range_is_refused(double decay) {
        assertThatThrownBy(() -> AverageDecay.constant(decay)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_constant_decay_is_smaller_early_in_a_training() {
        AverageDecay decay = AverageDecay.constant(0.5);

        assertThat(decay.at(1)).isEqualTo(2.0 / 11);
        assertThat(decay.at(100)).isEqualTo(0.5);
    }
}
