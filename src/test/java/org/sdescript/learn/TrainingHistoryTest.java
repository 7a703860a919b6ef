package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sdescript.runtime.ValueText;

class TrainingHistoryTest {
    private static TrainingHistory.Report report(long step, double validation) {
        return new TrainingHistory.Report(step, 2, 0.5, 3, validation);
    }

    /** 51 + … + 150 has the mean 100.5. */
    @Test
    void the_loss_of_a_training_is_the_mean_of_its_last_hundred_steps() {
        List<Double> losses =
                IntStream.rangeClosed(1, 150).mapToObj(k -> (double) k).toList();

        assertThat(new TrainingHistory(losses, List.of()).loss()).isEqualTo(100.5);
        assertThat(TrainingHistory.recent(List.of(1.0, 4.0))).isEqualTo(2.5);
        assertThat(TrainingHistory.recent(List.of(Double.NaN, 4.0))).isEqualTo(4);
        assertThat(TrainingHistory.recent(List.of())).isNaN();
    }

    @Test
    void the_best_is_the_first_with_the_least_validation_loss() {
        TrainingHistory history = new TrainingHistory(
                List.of(),
                List.of(report(1, 3), report(2, 1), report(3, Double.NaN), report(4, 1), report(5, Double.NaN)));

        assertThat(history.best().orElseThrow().step()).isEqualTo(2);
        assertThat(history.lastValidated().orElseThrow().step()).isEqualTo(4);
    }

    @Test
    void a_table_is_read_back() {
        List<TrainingHistory.Report> reports = List.of(report(1, 3), report(1L << 40, Double.NaN));

        assertThat(TrainingHistory.reports(new TrainingHistory(List.of(), reports).table()))
                .isEqualTo(reports);
    }

    @Test
    void scripts_see_lists_and_validation_only_where_there_was_one() {
        assertThat(ValueText.show(new TrainingHistory(List.of(), List.of(report(4, Double.NaN))).value()))
                .isEqualTo("{step: [4], loss: [2], rate: [0.5], gradient: [3]}");
        assertThat(ValueText.show(new TrainingHistory(List.of(), List.of(report(4, 1), report(6, Double.NaN))).value()))
                .isEqualTo("{step: [4, 6], loss: [2, 2], rate: [0.5, 0.5], gradient: [3, 3], validation: [1, nan]}");
    }
}
