package org.sdescript.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.runtime.Console;

class LiveProgressTest {
    private static final long MILLISECOND = 1_000_000;

    private record Shown(MimeBundle bundle, boolean isUpdate) {}

    private final List<Shown> shown = new ArrayList<>();
    private long now;

    private Console.Progress progress(long total) {
        return new LiveProgress(
                "sample", total, (bundle, isUpdate) -> shown.add(new Shown(bundle, isUpdate)), () -> now);
    }

    private List<String> texts() {
        return shown.stream().map(each -> each.bundle().text()).toList();
    }

    @Test
    void work_is_shown_after_a_second_and_updated_in_place_twice_a_second() {
        try (Console.Progress progress = progress(100)) {
            for (int k = 0; k < 100; k++) {
                progress.update(k, () -> "");
                now += 20 * MILLISECOND;
            }
        }

        assertThat(texts())
                .containsExactly(
                        "sample 50/100  50/s, 0:01 left",
                        "sample 75/100  50/s, 0:01 left",
                        "sample: 99 steps in 2.0 s");
        assertThat(shown.stream().map(Shown::isUpdate)).containsExactly(false, true, true);
    }

    @Test
    void work_of_a_moment_is_not_shown() {
        try (Console.Progress progress = progress(3)) {
            progress.update(1, () -> "");
        }

        assertThat(shown).isEmpty();
    }

    @Test
    void a_training_shows_the_curve_of_its_loss_also_if_it_was_short() {
        try (Console.Progress progress = progress(3)) {
            for (int k = 0; k < 3; k++) {
                progress.update(k, () -> "loss 0.5");
                progress.loss(k + 1, 1.0 / (k + 1));
            }
        }

        assertThat(texts()).containsExactly("sample: 2 steps in 0.0 s, loss 0.5");
        assertThat(shown.getFirst().bundle().data().get("image/svg+xml")).contains("loss 0.5", "step");
    }

    @Test
    void a_long_curve_has_few_points_and_its_last_step() {
        LossCurve curve = new LossCurve();
        for (int k = 1; k <= 100_000; k++) {
            curve.add(k, 1);
        }

        assertThat(curve.points()).hasSizeBetween(200, 401);
        assertThat(curve.points().getLast().step()).isEqualTo(100_000);
    }
}
