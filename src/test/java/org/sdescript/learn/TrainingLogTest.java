package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.files.FileJson;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;

class TrainingLogTest {
    @TempDir
    private Path folder;

    private final RecordedConsole console = new RecordedConsole();
    private Session session;
    private Path file;

    @BeforeEach
    void open() {
        session = new Session(Settings.standard(), console, folder, null);
        file = folder.resolve("metrics.jsonl");
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** An interval is a fiftieth of the steps, at least 1 and at most 100; the last step always has a line. */
    @ParameterizedTest
    @CsvSource({"7, 7, 1, 7", "100, 50, 2, 100", "101, 51, 2, 101", "5000, 50, 100, 5000", "10000, 100, 100, 10000"})
    void a_line_is_written_per_interval_and_after_the_last_step(long steps, int lines, long first, long last)
            throws IOException {
        trained(0, steps);

        assertThat(reports()).hasSize(lines);
        assertThat(reports().getFirst().path("step").asLong()).isEqualTo(first);
        assertThat(reports().getLast().path("step").asLong()).isEqualTo(last);
    }

    @Test
    void a_line_holds_the_numbers_of_a_report_that_are_finite() throws IOException {
        TrainingLog log = new TrainingLog(session);
        log.begin(0);
        log.report(new TrainingHistory.Report(4, 0.5, 0.001, 2.5, 0.75));
        log.report(new TrainingHistory.Report(5, 0.25, 0.002, Double.NaN, Double.POSITIVE_INFINITY));

        assertThat(lines())
                .first()
                .asString()
                .startsWith(
                        "{\"training\":1,\"step\":4,\"loss\":0.5,\"validation\":0.75,\"rate\":0.001,\"gradient\":2.5,"
                                + "\"seconds\":");
        assertThat(lines())
                .last()
                .asString()
                .startsWith("{\"training\":1,\"step\":5,\"loss\":0.25,\"rate\":0.002,\"seconds\":");
    }

    @Test
    void a_resumed_training_keeps_the_lines_up_to_its_step_and_deletes_later_ones() throws IOException {
        Files.writeString(file, """
                {"training":1,"step":1,"loss":7,"rate":1,"seconds":500}
                {"training":1,"step":2,"loss":8,"rate":1,"seconds":1000}
                {"training":1,"step":3,"loss":9,"rate":1,"seconds":2000}
                {"training":2,"step":1,"loss":9,"rate":1,"seconds":1}
                {"training":1,"step":4,"lo""");

        trained(2, 4);

        List<JsonNode> reports = reports();
        assertThat(reports).extracting(report -> report.path("step").asLong()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(reports).extracting(report -> report.path("loss").asDouble()).containsExactly(7.0, 8.0, 3.0, 4.0);
        assertThat(reports.getLast().path("seconds").asDouble())
                .as("counted on from the kept lines")
                .isBetween(1000.0, 1999.0);
    }

    @Test
    void a_second_training_of_the_run_follows_the_lines_of_the_first() throws IOException {
        session.log().timed("train", Map.of(), () -> trained(0, 2));
        session.log().timed("sample", Map.of(), () -> 0);
        trained(0, 3);

        assertThat(reports())
                .extracting(report -> report.path("training").asLong())
                .containsExactly(1L, 1L, 2L, 2L, 2L);
    }

    @Test
    void a_new_run_deletes_the_lines_of_an_earlier_one() throws IOException {
        trained(0, 5);
        TrainingLog log = new TrainingLog(session);
        log.begin(0);

        assertThat(file).isEmptyFile();
        assertThat(session.log().files()).containsExactly(file);
    }

    @Test
    void a_file_that_cannot_be_written_is_told_once() throws IOException {
        TrainingLog log = new TrainingLog(session);
        log.begin(0);
        Files.delete(file);
        Files.createDirectory(file);

        for (int k = 1; k <= 3; k++) {
            log.report(report(k));
        }

        assertThat(console.notes())
                .singleElement()
                .asString()
                .contains("metrics.jsonl cannot be written", "the training goes on");
    }

    private static TrainingHistory.Report report(long step) {
        return new TrainingHistory.Report(step, step, 1.0 / step, 1, Double.NaN);
    }

    /** Reports the steps after {@code first} that are due: step k has the loss k and the rate 1/k. */
    private long trained(long first, long steps) {
        TrainingLog log = new TrainingLog(session);
        log.begin(first);
        for (long k = first + 1; k <= steps; k++) {
            if (new ReportInterval(steps).isDue(k)) {
                log.report(report(k));
            }
        }
        return steps;
    }

    private List<JsonNode> reports() throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        for (String line : lines()) {
            reports.add(FileJson.read(line));
        }
        return reports;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }
}
