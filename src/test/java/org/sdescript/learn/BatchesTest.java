package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/**
 * The rows of each batch: the loss is the sum of the batch, and row i holds 2ⁱ, so the bits of the loss are the rows.
 */
class BatchesTest {

    private static long[] batches(int rows, int batch, int steps) {
        return Arrays.stream(Script.numbers("""
                        loss seen(score, process, x0) = sum(x0) + 0*sum(score(x0, 0.5))
                        data = tensor([[2^i] for i in 0..%d])
                        score = train(mlp(hidden = 2, depth = 1), data, VP(), loss = seen, batch = %d, steps = %d, seed = 1,
                                      optimizer = adam(learning_rate = 0))
                        print(score.losses)
                        """.formatted(rows - 1, batch, steps)))
                .mapToLong(loss -> (long) loss)
                .toArray();
    }

    @Test
    void each_row_is_seen_once_in_an_epoch() {
        long[] seen = batches(12, 3, 12);

        for (int epoch = 0; epoch < 3; epoch++) {
            long all = 0;
            for (long batch : Arrays.copyOfRange(seen, 4 * epoch, 4 * epoch + 4)) {
                assertThat(Long.bitCount(batch)).isEqualTo(3);
                assertThat(all & batch).as("rows seen twice").isZero();
                all |= batch;
            }
            assertThat(all).isEqualTo((1 << 12) - 1);
        }
    }

    @Test
    void epochs_differ_in_their_order() {
        long[] seen = batches(12, 3, 40);
        Set<Long> different = new HashSet<>();
        Arrays.stream(seen).forEach(different::add);

        // 40 draws from 220 sets; fewer than 25 different sets have a probability below 1e-6
        assertThat(different).hasSizeGreaterThan(24);
    }

    /** Five rows make two batches of two; the fifth row is left out of ten epochs with probability 5⁻¹⁰ = 1e-7. */
    @Test
    void a_row_that_an_epoch_has_no_place_for_comes_in_another() {
        long all = Arrays.stream(batches(5, 2, 20)).reduce(0, (a, b) -> a | b);

        assertThat(all).isEqualTo(0b11111);
    }

    @Test
    void a_batch_that_is_larger_than_the_data_repeats_all_rows_alike() {
        assertThat(batches(3, 6, 2)).containsExactly(14, 14);
    }
}
