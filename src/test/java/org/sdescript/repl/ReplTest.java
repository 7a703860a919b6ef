package org.sdescript.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.Transcripts;
import org.sdescript.runtime.Settings;

class ReplTest {
    private final Typing typing = new Typing();

    /** Typed keys, and the screen after them. */
    @TestFactory
    Stream<DynamicTest> screens() throws IOException {
        return Transcripts.of("prompt", keys -> new Typing().screenAfterKeys(Files.readString(keys)));
    }

    @Test
    void a_session_ends_with_quit_or_with_its_input() {
        assertThat(typing.screenAfter("1 + 1", ":quit", "3 + 4")).contains("2").doesNotContain("7");
    }

    @Test
    void other_prompts_words_for_leaving_do_so_unless_they_are_names_here() {
        assertThat(typing.screenAfter("exit()", "3 + 4")).doesNotContain("7");
        assertThat(new Typing().screenAfter("quit", "3 + 4")).doesNotContain("7");
        assertThat(new Typing().screenAfter("quit = 5", "quit", "3 + 4")).contains("\n5\n", "7");
    }

    @Test
    void ctrl_c_stops_what_runs_and_nothing_that_was_bound_is_lost() {
        String screen = typing.stoppingAt("begun")
                .screenAfter("kept = 5", "repeat 1_000_000 { n = 1; print(\"be\" + \"gun\") }", "kept + n");

        assertThat(screen).contains("interrupted", "\n6\n");
    }

    @Test
    void a_training_that_is_stopped_says_how_to_go_on_and_does() {
        String train = "m = train(mlp(hidden = 4, depth = 1), moons(64), VP(), batch = 8, ";
        String screen = typing.stoppingAt("third step of the loop")
                .screenAfter(
                        "fn rate(k) { if k == 3 { print(\"third step\", \"of the loop\") }; return 1e-3 }",
                        train + "steps = 2000, optimizer = adam(learning_rate = rate))",
                        train
                                + "steps = 5, optimizer = adam(learning_rate = 1e-3), checkpoint = \"stopped\", resume = true)",
                        "len(m.losses) > 0");

        assertThat(screen).contains("training stopped before step", "resume = true", "interrupted", "\ntrue\n");
    }

    @Test
    void a_name_whose_training_is_stopped_is_bound_to_what_there_is() {
        String screen = typing.stoppingAt("third step of the loop")
                .screenAfter(
                        "fn rate(k) { if k == 3 { print(\"third step\", \"of the loop\") }; return 1e-3 }",
                        "m = train(mlp(hidden = 4, depth = 1), moons(64), VP(), steps = 200_000, optimizer = adam(learning_rate = rate))",
                        "len(m.losses) >= 3 and len(m.losses) < 200_000",
                        "m(zeros([1, 2]), 0.5).shape");

        assertThat(screen).contains("`m` is the model after", "interrupted", "\ntrue\n", "\n[1, 2]\n");
    }

    @Test
    void what_is_saved_runs_again_to_the_same_numbers() throws IOException {
        Path saved = typing.folder().resolve("saved.sde");
        String screen = typing.screenAfter(
                "fn half(x) = x/3",
                "y = half(8)",
                "oops",
                "## half of x",
                "fn half(x) = x/2",
                ":set seed 4",
                "y = half(8); y",
                "randn([2])",
                "help half",
                ":type y",
                ":save " + saved);

        List<String> printed = Script.run(Files.readString(saved));
        assertThat(saved)
                .content()
                .containsOnlyOnce("fn half")
                .contains("## half of x")
                .doesNotContain("oops", "help");
        assertThat(printed.getFirst()).isEqualTo("4");
        assertThat(screen).contains(printed.getLast());
    }

    @Test
    void what_is_saved_imports_from_where_it_lies() throws IOException {
        Path other = Files.writeString(typing.folder().resolve("other.sde"), "seven = 7\n");
        Path saved = typing.folder().resolve("deeper").resolve("saved.sde");
        typing.screenAfter("import \"" + other + "\" as o", "o.seven", ":save " + saved);

        assertThat(saved).content().contains("import \"../other.sde\" as o");
    }

    @Test
    void a_script_is_loaded_into_the_session() throws IOException {
        Path script = Files.writeString(
                typing.folder().resolve("script.sde"), "param steps = 3\nsquare = steps^2\nprint(\"loaded\")\n");

        assertThat(typing.screenAfter(":load " + script, "square + 1")).contains("loaded", "\n10\n");
    }

    @Test
    void a_name_of_stdlib_may_be_declared_anew() {
        assertThat(typing.screenAfter("schedule linear(t; lo = 1) = lo*t", "linear(3)"))
                .contains("\n3\n");
    }

    @Test
    void entries_are_remembered_for_the_next_session() {
        typing.screenAfter("x = 1234");

        assertThat(typing.folder().resolve("sde").resolve("history")).content().contains("x = 1234");
    }

    @Test
    void files_of_a_session_go_to_its_folder_with_a_record() {
        typing.screenAfter("save(ones([2, 2]), \"ones.csv\")");

        assertThat(typing.folder().resolve("ones.csv")).exists();
        assertThat(typing.folder().resolve("run.json")).content().contains("ones.csv");
    }

    @Test
    void input_from_a_pipe_is_answered_without_prompts_and_its_errors_tell_in_the_status() {
        Piped sound = Piped.of("x = 2\nif x > 3 {\n  print(\"more\")\n}\nelse {\n  print(\"less\")\n}\nx^2\n");
        Piped mistaken = Piped.of("y\n1 + 1\n:quit\n3\n");

        assertThat(sound).isEqualTo(new Piped("less\n4\n", "", 0));
        assertThat(mistaken.words()).isEqualTo("2\n");
        assertThat(mistaken.remarks()).contains("error[E0301]: unknown name `y`");
        assertThat(mistaken.status()).isEqualTo(1);
    }

    private record Piped(String words, String remarks, int status) {
        static Piped of(String input) {
            StringWriter words = new StringWriter();
            StringWriter remarks = new StringWriter();
            Repl repl = new Repl(
                    Script.PIPELINE,
                    Settings.standard(),
                    org.sdescript.files.OutputFolders.of(Script.temporary()),
                    Map.of(),
                    true);
            int status = repl.piped(
                    new BufferedReader(new StringReader(input)),
                    new PrintWriter(words),
                    new PrintWriter(remarks),
                    Optional::empty);
            return new Piped(words.toString(), remarks.toString(), status);
        }
    }
}
