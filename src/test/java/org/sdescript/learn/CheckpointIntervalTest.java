package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CheckpointIntervalTest {
    private long seconds = -3;
    private final CheckpointInterval interval = new CheckpointInterval(100, () -> TimeUnit.SECONDS.toNanos(seconds));

    @Test
    void a_state_is_due_every_so_many_steps() {
        assertThat(interval.isDueAfter(99)).isFalse();
        assertThat(interval.isDueAfter(100)).isTrue();
        assertThat(interval.isDueAfter(101)).isFalse();
    }

    @Test
    void a_state_is_due_a_minute_after_the_last_one() {
        seconds += 59;
        assertThat(interval.isDueAfter(7)).isFalse();
        seconds++;
        assertThat(interval.isDueAfter(7)).isTrue();
        interval.save(() -> seconds++);
        seconds += 59;
        assertThat(interval.isDueAfter(8)).isFalse();
        seconds++;
        assertThat(interval.isDueAfter(8)).isTrue();
    }

    @Test
    void a_state_that_takes_long_to_save_is_saved_less_often() {
        interval.save(() -> seconds += 10);
        seconds += 499;
        assertThat(interval.isDueAfter(7)).isFalse();
        seconds++;
        assertThat(interval.isDueAfter(7)).isTrue();
    }
}
