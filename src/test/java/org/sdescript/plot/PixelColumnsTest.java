package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelColumnsTest {
    @Test
    void a_long_line_keeps_its_ends_and_extremes_and_little_else() {
        Random random = new Random(5);
        double[] x = new double[100_000];
        double[] y = new double[x.length];
        Arrays.setAll(x, k -> k * 100.0 / x.length);
        Arrays.setAll(y, k -> random.nextGaussian());
        PixelColumns thinned = PixelColumns.of(x, y);
        assertThat(thinned.x().length).isLessThanOrEqualTo(4 * 200);
        assertThat(thinned.x()).isSorted().startsWith(x[0]).endsWith(x[x.length - 1]);
        assertThat(Arrays.stream(thinned.y()).max()).isEqualTo(Arrays.stream(y).max());
        assertThat(Arrays.stream(thinned.y()).min()).isEqualTo(Arrays.stream(y).min());
    }

    @Test
    void a_short_line_is_unchanged() {
        double[] x = {0, 10, 5, 20};
        double[] y = {1, 2, 3, 4};
        assertThat(PixelColumns.of(x, y).x()).containsExactly(x);
        assertThat(PixelColumns.of(x, y).y()).containsExactly(y);
    }
}
