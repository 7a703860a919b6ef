package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardisationTest {
    @Test
    void columns_get_mean_zero_and_deviation_one() {
        double[] cells = columns(1000);
        double[] standard = Standardisation.of(cells, 3).apply(cells);
        Standardisation again = Standardisation.of(standard, 3);
        // the mean of 1000 rounded numbers near 1 has an error of about 1e-16 each; 1e6 was the magnitude before the
        // shift
        assertThat(again.mean()[0]).isCloseTo(0, within(1e-9));
        assertThat(again.scale()[0]).isCloseTo(1, within(1e-9));
        assertThat(again.mean()[2]).isCloseTo(0, within(1e-13));
    }

    @Test
    void undoing_gives_the_numbers_back_to_rounding() {
        double[] cells = columns(1000);
        Standardisation standardisation = Standardisation.of(cells, 3);
        double[] back = standardisation.undo(standardisation.apply(cells));
        for (int k = 0; k < cells.length; k++) {
            // one rounding each in the difference, the quotient and the fused multiply-add
            assertThat(back[k]).isCloseTo(cells[k], within(3 * Math.ulp(Math.abs(cells[k]) + 1)));
        }
    }

    @Test
    void a_constant_column_becomes_zero_and_comes_back_exactly() {
        double[] cells = columns(1000);
        Standardisation standardisation = Standardisation.of(cells, 3);
        double[] standard = standardisation.apply(cells);
        double[] back = standardisation.undo(standard);
        assertThat(standard[1]).isZero();
        assertThat(back[1]).isEqualTo(0.1);
        assertThat(standardisation.undo(new double[] {0.3, 0.3, 0.3})[1]).isEqualTo(0.1);
    }

    /** Three columns: large and far from zero; constant; ordinary. */
    private static double[] columns(int rows) {
        Random random = new Random(7);
        double[] cells = new double[3 * rows];
        for (int i = 0; i < cells.length; i += 3) {
            cells[i] = 1e6 + random.nextGaussian();
            cells[i + 1] = 0.1;
            cells[i + 2] = random.nextDouble();
        }
        return cells;
    }
}
