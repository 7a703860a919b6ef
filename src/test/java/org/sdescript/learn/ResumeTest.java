package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** A resumed training continues with identical numbers, printed here with all digits. */
class ResumeTest {
    @TempDir
    Path folder;

    private List<String> train(String options) {
        return run(script(options));
    }

    private static String script(String options) {
        return """
                set(seed = 3)
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, %s)
                values = score(tensor([[0.5, -1], [2, 0.25]]), 0.3)
                samples = sample(VP(), score, n = 4, using = pc(steps = 5))
                for v in score.losses { print("{v:.17g}") }
                for row in list(values) { for v in row { print("{v:.17g}") } }
                for row in list(samples) { for v in row { print("{v:.17g}") } }
                """.formatted(options);
    }

    private List<String> run(String script) {
        return Script.run(script, folder);
    }

    private String quoted(String name) {
        return "\"" + name + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.99", "0"})
    void training_goes_on_to_the_same_numbers_as_without_the_stop(String ema) {
        String common = "ema = " + ema + ", every = 30, ";
        List<String> whole = train(common + "steps = 120");
        train(common + "steps = 60, checkpoint = " + quoted("half"));
        List<String> resumed = train(common + "steps = 120, checkpoint = " + quoted("half") + ", resume = true");
        assertThat(resumed).hasSize(120 + 4 + 8).isEqualTo(whole);
        assertThat(train(common + "steps = 120, checkpoint = " + quoted("half") + ", resume = true"))
                .as("with nothing left to do")
                .isEqualTo(whole);
    }

    @Test
    void pictures_on_the_way_change_nothing() {
        assertThat(train("steps = 4, preview = 2")).isEqualTo(train("steps = 4"));
        assertThat(folder.resolve("preview/step-0000004.png")).isNotEmptyFile();
    }

    /** The step with rate 1e30 produces parameters whose loss overflows, at the eleventh step. */
    @Test
    void what_is_kept_of_a_training_that_fails_is_the_state_before_the_step_that_failed() {
        String script = """
                set(seed = 3)
                rate = k -> if k < 9 then 1e-3 else 1e30
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, clip = 0,
                              optimizer = adam(learning_rate = rate), %s)
                for v in score.losses { print("{v:.17g}") }
                """;
        assertThatThrownBy(() -> run(script.formatted("steps = 20, checkpoint = " + quoted("kept"))))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("at step 11");
        assertThat(run(script.formatted("steps = 10, checkpoint = " + quoted("kept") + ", resume = true")))
                .hasSize(10)
                .isEqualTo(run(script.formatted("steps = 10")));
    }

    @Test
    void the_state_of_an_earlier_training_is_kept_under_another_name() throws IOException {
        train("steps = 2, checkpoint = " + quoted("twice"));
        byte[] first = Files.readAllBytes(folder.resolve("twice/state.safetensors"));
        train("steps = 3, checkpoint = " + quoted("twice"));
        assertThat(folder.resolve("twice/state.earlier.safetensors")).hasBinaryContent(first);
        assertThat(folder.resolve("twice/state.safetensors")).exists();
    }

    @Test
    void what_was_trained_is_kept_when_the_rule_of_the_learning_rate_fails() {
        String script = """
                set(seed = 3)
                rate = k -> if k < 9 then 1e-3 else %s
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, steps = 12,
                              optimizer = adam(learning_rate = rate)%s)
                for v in score.losses { print("{v:.17g}") }
                """;
        assertThatThrownBy(() -> run(script.formatted("\"small\"", "")))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().notes())
                        .singleElement()
                        .asString()
                        .contains("after step 9", "checkpoint = \"stopped\", resume = true"));
        assertThat(run(script.formatted("1e-4", ", checkpoint = \"stopped\", resume = true")))
                .isEqualTo(run(script.formatted("1e-4", "")));
    }

    /** Damage to a file that the file system does not detect. */
    private enum Damage {
        CUT_OFF {
            @Override
            byte[] of(byte[] bytes) {
                return Arrays.copyOf(bytes, bytes.length / 2);
            }
        },
        CHANGED {
            @Override
            byte[] of(byte[] bytes) {
                byte[] changed = bytes.clone();
                changed[bytes.length - 100] ^= 4;
                return changed;
            }
        },
        EMPTY {
            @Override
            byte[] of(byte[] bytes) {
                return new byte[0];
            }
        },
        FOREIGN {
            @Override
            byte[] of(byte[] bytes) {
                return "step,loss\n1,0.5\n".repeat(100).getBytes(StandardCharsets.UTF_8);
            }
        };

        abstract byte[] of(byte[] bytes);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void a_state_that_was_damaged_is_named_and_the_one_before_it_is_taken(Damage damage) throws IOException {
        String options = "every = 30, checkpoint = " + quoted("hurt") + ", steps = ";
        train(options + "60");
        Path state = folder.resolve("hurt/state.safetensors");
        byte[] damaged = damage.of(Files.readAllBytes(state));
        Files.write(state, damaged);
        RecordedConsole console = new RecordedConsole();
        List<String> resumed = Script.run(script(options + "90, resume = true"), folder, console);

        assertThat(console.notes())
                .anySatisfy(
                        note -> assertThat(note).contains("state.safetensors", "state.previous.safetensors, is taken"))
                .anySatisfy(note -> assertThat(note).contains("going on after step 30"));
        assertThat(folder.resolve("hurt/state.damaged.safetensors")).hasBinaryContent(damaged);
        assertThat(resumed).isEqualTo(train("steps = 90"));
    }

    @Test
    void where_no_state_is_good_the_training_says_so_and_touches_none() throws IOException {
        train("steps = 4, every = 2, checkpoint = " + quoted("lost"));
        Path state = folder.resolve("lost/state.safetensors");
        for (String name : List.of("state.safetensors", "state.previous.safetensors")) {
            Files.writeString(folder.resolve("lost").resolve(name), name);
        }
        assertThatThrownBy(() -> train("steps = 8, checkpoint = " + quoted("lost") + ", resume = true"))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().code())
                        .isEqualTo("E0906"));
        assertThat(state).hasContent("state.safetensors");
    }

    /** A folder with the name of the next state, created during the training, simulates a full disk. */
    @Test
    void a_state_that_cannot_be_written_does_not_end_the_training() {
        RecordedConsole console = new RecordedConsole();
        String options = "steps = 6, every = 3, optimizer = adam(learning_rate = rate)";
        String rate = """
                fn filled(k) { save(k, "full/state.next.safetensors/taken.json"); return 1e-3 }
                rate = k -> if k == 1 then filled(k) else 1e-3
                """;
        List<String> trained = Script.run(rate + script(options + ", checkpoint = " + quoted("full")), folder, console);

        assertThat(console.notes())
                .filteredOn(note -> note.contains("could not be saved"))
                .hasSize(2);
        assertThat(trained).isEqualTo(train("steps = 6"));
    }

    @Test
    void an_earlier_training_lends_no_state_to_the_next_one_of_the_same_name() {
        train("steps = 4, every = 2, checkpoint = " + quoted("again"));
        train("steps = 1, checkpoint = " + quoted("again"));
        assertThat(folder.resolve("again/state.previous.safetensors")).doesNotExist();
    }
}
