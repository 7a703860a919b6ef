package org.sdescript.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Progress by a clock that the test sets, in seconds. */
class ProgressBarTest {
    private static final String ANEW = "\r\u001B[K";

    private final StringWriter shown = new StringWriter();
    private double seconds;

    @Test
    void a_terminal_has_a_bar_with_state_rate_and_time_left() {
        ProgressBar bar = bar(100, false, true);
        at(0.05, bar, 1, "");
        assertThat(shown.toString()).isEmpty();

        at(1, bar, 26, "loss 0.5");

        assertThat(shown).hasToString(ANEW + "│██████▏" + " ".repeat(17) + "│ train 26/100  loss 0.5  25/s, 0:03 left");
    }

    @Test
    void the_bar_is_redrawn_ten_times_a_second() {
        ProgressBar bar = bar(100, false, true);
        for (int i = 0; i <= 100; i++) {
            at(i / 100.0, bar, i, "");
        }

        assertThat(shown.toString().split(ANEW.replace("[", "\\["), -1)).hasSize(1 + 10);
    }

    @Test
    void elsewhere_a_line_is_printed_at_growing_intervals() {
        ProgressBar bar = bar(1000, false, false);
        for (int i = 0; i <= 25; i++) {
            at(i, bar, i, "");
        }

        assertThat(shown.toString().lines())
                .containsExactly(
                        "train 5/1000  1.00/s, 16:35 left",
                        "train 13/1000  1.00/s, 16:27 left",
                        "train 25/1000  1.00/s, 16:15 left");
    }

    @Test
    void steps_of_an_earlier_run_count_as_done_and_not_in_the_rate() {
        ProgressBar bar = bar(8000, false, false);
        at(0, bar, 400, "");
        at(10, bar, 410, "");

        assertThat(shown.toString()).isEqualTo(lines("train 410/8000  1.00/s, 2:06:30 left"));
        bar.close();
        assertThat(shown.toString()).endsWith(lines("train: 10 steps in 10.0 s"));
    }

    @Test
    void an_unknown_total_has_neither_bar_nor_time_left() {
        ProgressBar bar = bar(-1, false, true);
        at(0, bar, 0, "");
        at(2, bar, 50, "");

        assertThat(shown).hasToString(ANEW + "train 50  25/s");
    }

    @Test
    void the_end_removes_the_bar_and_sums_up_work_of_more_than_a_second() {
        ProgressBar bar = bar(10, false, true);
        at(0, bar, 0, "");
        at(4, bar, 10, "loss 0.25");
        shown.getBuffer().setLength(0);
        bar.close();

        assertThat(shown).hasToString(ANEW + lines("train: 10 steps in 4.0 s, loss 0.25"));
        shown.getBuffer().setLength(0);
        seconds = 0;
        ProgressBar quick = bar(10, false, true);
        at(0.05, quick, 10, "");
        quick.close();
        assertThat(shown.toString()).isEmpty();
    }

    @Test
    void a_quiet_run_shows_nothing() {
        ProgressBar bar = bar(10, true, true);
        at(0, bar, 0, "");
        at(60, bar, 10, "");
        bar.close();

        assertThat(shown.toString()).isEmpty();
    }

    private void at(double time, ProgressBar bar, long steps, String state) {
        seconds = time;
        bar.update(steps, () -> state);
    }

    private ProgressBar bar(long total, boolean quiet, boolean interactive) {
        return new ProgressBar(
                "train", total, new PrintWriter(shown), quiet, interactive, () -> Math.round(seconds * 1e9));
    }

    private static String lines(String line) {
        return line + System.lineSeparator();
    }
}
