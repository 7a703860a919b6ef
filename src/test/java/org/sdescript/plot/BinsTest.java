package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinsTest {
    @Test
    void areas_are_one_whatever_the_number_of_values() {
        double[] few = {0, 1, 1, 4};
        double[] many = {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4};
        Bins bins = Bins.of(List.of(few, many), 4);
        assertThat(bins.width()).isEqualTo(1);
        assertThat(bins.density(few)).containsExactly(0.25, 0.5, 0, 0.25);
        assertThat(Arrays.stream(bins.density(many)).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void without_a_wish_bins_follow_freedman_and_diaconis_within_bounds() {
        double[] uniform = new double[1000];
        Arrays.setAll(uniform, k -> k / 999.0);
        // the interquartile range is 500/999, so the width is 1/9.99
        assertThat(Bins.of(List.of(uniform), 0).count()).isEqualTo(10);
        uniform[999] = 1e6;
        assertThat(Bins.of(List.of(uniform), 0).count()).isEqualTo(120);
        assertThat(Bins.of(List.of(new double[] {1}), 0).count()).isEqualTo(8);
    }
}
