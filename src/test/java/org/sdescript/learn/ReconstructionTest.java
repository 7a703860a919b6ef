package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers were computed from the formulas of Karras et al. 2024 in double precision, outside of this project. */
class ReconstructionTest {

    @ParameterizedTest
    @CsvSource({
        "0.05, 16.9721986, .9821795063",
        "0.10, 6.93720394, .9920902726",
        "0.15, 3.55786877, .9954502325",
        "0.20, 1.82621378, .9971763661",
        "0.25, 0.71982396, .9982807951"
    })
    void a_width_gives_the_exponent_and_the_decay(double width, double gamma, double decay) {
        PowerFunction weight = PowerFunction.ofWidth(width);

        assertThat(weight.gamma()).isCloseTo(gamma, within(5e-8));
        assertThat(weight.width()).isCloseTo(width, within(1e-14));
        assertThat(weight.decay().at(1000)).isCloseTo(decay, within(5e-11));
        assertThat(weight.decay().at(1)).as("the start has no weight").isZero();
    }

    /** States after steps 250, 500, 750 and 1000 of the widths 0.05 and 0.10. */
    private static Reconstruction of(double width) {
        List<Reconstruction.Average> kept = new ArrayList<>();
        for (int t = 250; t <= 1000; t += 250) {
            kept.add(average(t, 0.05));
            kept.add(average(t, 0.10));
        }
        return Reconstruction.of(kept, average(1000, width));
    }

    private static Reconstruction.Average average(int t, double width) {
        return new Reconstruction.Average(t, PowerFunction.ofWidth(width));
    }

    @Test
    void an_average_between_the_widths_is_a_sum_of_both() {
        assertThat(of(0.075).weights())
                .containsExactly(
                        new double[] {
                            5.55e-8,
                            -9.915e-7,
                            1.308978e-4,
                            -7.879842e-4,
                            .011581696,
                            -.0446650486,
                            .3364241579,
                            .697317217
                        },
                        within(5e-10));
        assertThat(of(0.075).error()).isCloseTo(0.0346308, within(1e-6));
    }

    @Test
    void a_wider_average_needs_earlier_states() {
        assertThat(of(0.15).weights())
                .containsExactly(
                        new double[] {
                            -.0005620351,
                            .0019440693,
                            -.0131478656,
                            .0380199666,
                            -.0779583722,
                            .2004086401,
                            -.2640619708,
                            1.1153575676
                        },
                        within(5e-10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void an_average_that_was_kept_is_itself(int which) {
        double[] unit = new double[8];
        unit[6 + which] = 1;

        assertThat(of(which == 0 ? 0.05 : 0.10).weights()).containsExactly(unit, within(1e-9));
    }

    /** The weights of 1, (1 − 1/t)^(γ + 1), … sum to 1 over the steps; their standard deviation is near σ t. */
    @Test
    void a_running_average_has_the_width_that_it_was_asked_for() {
        int steps = 2000;
        PowerFunction weight = PowerFunction.ofWidth(0.1);
        double[] weights = new double[steps + 1];
        for (int t = 1; t <= steps; t++) {
            double decay = weight.decay().at(t);
            for (int i = 1; i < t; i++) {
                weights[i] *= decay;
            }
            weights[t] = 1 - decay;
        }
        double mean = 0;
        double square = 0;
        for (int t = 1; t <= steps; t++) {
            mean += weights[t] * t / steps;
            square += weights[t] * t / steps * t / steps;
        }
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
        // steps in place of a continuous time change the width by the order of 1/steps
        assertThat(Math.sqrt(square - mean * mean)).isCloseTo(0.1, within(2.0 / steps));
    }
}
