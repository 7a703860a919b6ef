package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileJson;
import org.sdescript.pipeline.RecordedRun;
import org.sdescript.plot.Layer;
import org.sdescript.source.Source;

/** The lists of runs, after and during a run. */
class RunsCommandTest {
    private static final String SCRIPT = """
            param steps = 20
            score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = steps, batch = 16, preview = 20)
            metric("answer", 42)
            metric("mean", mean(tensor(score.losses)))
            """;

    @TempDir
    Path runs;

    @BeforeEach
    void two_runs() {
        run("short", Map.of());
        run("long", Map.of("steps", "100"));
    }

    private void run(String name, Map<String, String> options) {
        ScriptRun run =
                ScriptRun.of(new Source("script.sde", SCRIPT), Path.of("script.sde"), options, runs.resolve(name));
        assertThat(run.status()).as(run.errors()).isZero();
    }

    @Test
    void a_training_reports_its_losses_in_lines_that_say_how_far_it_was() throws Exception {
        List<String> lines = Files.readAllLines(runs.resolve("long/metrics.jsonl"));

        assertThat(lines).hasSize(50).first().asString().startsWith("{\"training\":1,\"step\":2,\"loss\":");
        assertThat(lines.getLast()).contains("\"step\":100,", "\"rate\":0.001,", "\"seconds\":");
        assertThat(Files.readString(runs.resolve("long/run.json"))).contains("\"metrics.jsonl\"");
    }

    /** 100 steps, so the loss is the mean of all. */
    @Test
    void the_same_loss_is_told_everywhere() throws Exception {
        JsonNode record = FileJson.read(Files.readAllBytes(runs.resolve("long/run.json")));
        double loss = record.path("work").get(0).path("loss").asDouble();

        assertThat(loss).isCloseTo(record.path("metrics").path("mean").asDouble(), within(1e-6));
        assertThat(RecordedRun.of(runs.resolve("long")).loss()).hasValue(loss);
        assertThat(String.join("\n", RunsCommand.lines(runs))).contains(" " + NumberText.rounded(loss) + " ");
    }

    @Test
    void the_validation_loss_is_listed_and_drawn_beside_the_loss() throws Exception {
        String script = """
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 4, batch = 16, validation = moons(8))
                """;
        ScriptRun run = ScriptRun.of(
                new Source("script.sde", script), Path.of("script.sde"), Map.of(), runs.resolve("validated"));
        assertThat(run.status()).as(run.errors()).isZero();
        RecordedRun recorded = RecordedRun.of(runs.resolve("validated"));
        String validation = NumberText.rounded(recorded.validation().orElseThrow());

        assertThat(recorded.reports().getLast().validation())
                .isEqualTo(recorded.validation().orElseThrow());
        assertThat(String.join("\n", RunsCommand.lines(runs))).contains("validation", validation);
        assertThat(String.join("\n", CompareCommand.lines(List.of(recorded, recorded))))
                .containsPattern("validation +" + validation + " +" + validation);
        assertThat(CompareCommand.curves(List.of(recorded)).orElseThrow().layers())
                .extracting(layer -> ((Layer.Line) layer).label())
                .containsExactly("validated", "validated, validation");
    }

    @Test
    void a_training_draws_what_it_has_learned_so_far() {
        assertThat(runs.resolve("long/preview/step-0000020.png")).isNotEmptyFile();
        assertThat(runs.resolve("long/preview/step-0000100.png")).isNotEmptyFile();
        assertThat(runs.resolve("short/preview")).isDirectoryContaining("glob:**0000020.png");
    }

    @Test
    void runs_are_listed_with_their_outcome_and_their_numbers() {
        assertThat(String.join("\n", RunsCommand.lines(runs)))
                .containsPattern(
                        "short +20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d +done +[\\d.]+ +[\\d.]+ +steps = 20 → answer: 42")
                .containsPattern("long .* steps = 100 → answer: 42");
    }

    @Test
    void a_run_that_has_not_ended_is_listed_as_far_as_it_came() throws Exception {
        Files.delete(runs.resolve("long/run.json"));
        Files.writeString(runs.resolve("long/metrics.jsonl"), "{\"training\":1,\"step\":2,\"loss\":0.5,\"ra");

        assertThat(String.join("\n", RunsCommand.lines(runs))).containsPattern("long +unfinished");
    }

    @Test
    void a_comparison_shows_what_differs_and_what_came_out() {
        List<RecordedRun> both = List.of(RecordedRun.of(runs.resolve("short")), RecordedRun.of(runs.resolve("long")));
        String said = String.join("\n", CompareCommand.lines(both));

        assertThat(said)
                .containsPattern("steps +20 +100")
                .containsPattern("outcome +done +done")
                .containsPattern("answer +42 +42")
                .doesNotContain("seed", "precision");
        assertThat(CompareCommand.curves(both).orElseThrow().layers())
                .extracting(Layer::label)
                .containsExactly("short", "long");
    }

    @Test
    void a_folder_without_a_run_is_named() {
        assertThatThrownBy(() -> RecordedRun.of(runs.resolve("none")))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().code())
                        .isEqualTo("E0795"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "null",
                "{\"outcome\": \"done\", \"outcome\": \"failed\"}",
                "{} {}",
                "\0",
                "{\"script\": \"a\0\"}"
            })
    void a_damaged_record_is_named_and_the_other_runs_are_listed(String record) throws Exception {
        Files.writeString(runs.resolve("long/run.json"), record);

        assertThat(String.join("\n", RunsCommand.lines(runs)))
                .containsPattern("short .* done")
                .containsPattern("long .* damaged");
        assertThat(RunsCommand.damages(runs)).singleElement().asString().contains("long: run.json is not the record");
        assertThat(CompareCommand.lines(
                        List.of(RecordedRun.of(runs.resolve("short")), RecordedRun.of(runs.resolve("long")))))
                .isNotEmpty();
    }

    @Test
    void text_of_a_record_is_shown_without_what_a_terminal_obeys() throws Exception {
        Files.writeString(
                runs.resolve("long/run.json"),
                "{\"script\": \"a\\u0000b\", \"seed\": \"\\u001b[31m\", \"outcome\": \"\\u001b[2Jdone\","
                        + " \"parameters\": {\"\\u009b1\": \"" + "x".repeat(1000) + "\"}}");

        String said = String.join("\n", RunsCommand.lines(runs))
                + String.join(
                        "\n",
                        CompareCommand.lines(
                                List.of(RecordedRun.of(runs.resolve("short")), RecordedRun.of(runs.resolve("long")))));
        assertThat(said).contains("\uFFFD[2Jdone", "a\uFFFDb").doesNotContain("\u001b", "\0", "\u009b");
        assertThat(said).doesNotContain("x".repeat(500));
    }
}
