package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.diagnostic.SdeError;

/** The mistakes of a program and of its scripts, each where it is made. */
class SdeExceptionTest {
    /** An option of the command line in a message. */
    private static final Pattern OPTION = Pattern.compile("`?--[a-z]+");

    /** The packages whose messages only reach users of the command line, the prompt and editors. */
    private static final Set<String> OF_COMMANDS =
            Set.of("cli", "repl", "jupyter", "lsp", "site", "serve", "workspace", "manual");

    @TempDir
    private Path folder;

    private static SdeException thrown(ThrowingCallable call) {
        SdeException thrown = catchThrowableOfType(SdeException.class, call);
        assertThat(thrown).as("an SdeException").isNotNull();
        assertThat(thrown.getMessage() + thrown.text()).doesNotContain("--").doesNotContain("java:1");
        assertThat(thrown.getStackTrace()).as("the frames of the caller").anyMatch(frame -> frame.getClassName()
                .equals(SdeExceptionTest.class.getName()));
        return thrown;
    }

    @Test
    void a_mistake_of_syntax_is_told_when_the_script_is_read() {
        SdeException wrong = thrown(() -> Sde.of("moons.sde", "x = 1\ny = (2"));

        assertThat(wrong.file()).isEqualTo("moons.sde");
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.code()).startsWith("E01");
        assertThat(wrong.getMessage()).startsWith("moons.sde:2:").contains(wrong.code());
    }

    @Test
    void a_file_that_is_missing_is_told_by_load() {
        SdeException wrong = thrown(() -> Sde.load(folder.resolve("none.sde")));

        assertThat(wrong.what()).contains("none.sde");
        assertThat(wrong.file()).isEmpty();
        assertThat(wrong.line()).isZero();
    }

    @Test
    void the_check_tells_all_mistakes_with_their_places_and_help() {
        Sde script = Sde.of("steps = 10\nprint(step)\nprint(undefined_name)");
        SdeException wrong = thrown(script::check);

        assertThat(wrong.problems()).hasSize(2);
        assertThat(wrong.problems().getFirst())
                .isEqualTo(new SdeException.Problem(
                        "unknown name `step`", "script.sde", 2, 7, "did you mean `steps`?", "E0301"));
        assertThat(List.of(wrong.what(), wrong.file(), wrong.help(), wrong.code()))
                .containsExactly("unknown name `step`", "script.sde", "did you mean `steps`?", "E0301");
        assertThat(List.of(wrong.line(), wrong.column())).containsExactly(2, 7);
        assertThat(wrong.getMessage().lines())
                .hasSize(2)
                .first()
                .isEqualTo("script.sde:2:7: unknown name `step` [E0301]; help: did you mean `steps`?");
        assertThat(wrong.text()).contains("error[E0301]", "2 │ print(step)", "^^^^");
        assertThat(thrown(script::run).problems()).isEqualTo(wrong.problems());
        assertThat(thrown(script::runAsync).problems()).isEqualTo(wrong.problems());
    }

    @Test
    void a_clean_script_has_its_warnings() {
        assertThat(Sde.of("fn f(x) { x + 1 }").check()).singleElement().satisfies(warning -> assertThat(warning.code())
                .startsWith("W"));
    }

    @Test
    void a_failing_line_has_its_place_in_the_script() {
        try (SdeRun run = Sde.of("f.sde", "fn f(x) {\n  return x + \"a\"\n}").run()) {
            SdeException wrong = thrown(() -> run.call("f", 1));

            assertThat(wrong.file()).isEqualTo("f.sde");
            assertThat(wrong.line()).isEqualTo(2);
            assertThat(wrong).hasCauseInstanceOf(SdeError.class);
        }
    }

    @Test
    void a_wrong_parameter_is_told_by_with() {
        Sde script =
                Sde.of("param steps = 3\nparam names = [\"a\"]\nparam fast = true\nparam out = none\nparam rate = 2*3");

        SdeException unknown = thrown(() -> script.with("step", 5));
        assertThat(unknown.code()).isEqualTo("E0921");
        assertThat(unknown.what()).isEqualTo("the script has no parameter `step`");
        assertThat(unknown.help()).isEqualTo("did you mean `steps`?");
        SdeException kind = thrown(() -> script.with("steps", "many"));
        assertThat(kind.code()).isEqualTo("E0922");
        assertThat(kind.what()).isEqualTo("the parameter `steps` takes a number, and is given \"many\"");
        assertThat(kind.help()).isEqualTo("its default is 3");
        assertThat(thrown(() -> script.with("steps", new double[2][2])).what()).endsWith("an array of shape [2, 2]");
        assertThat(thrown(() -> script.with("names", List.of("x", List.of()))).what())
                .contains("element 1 is a list");
        assertThat(thrown(() -> script.with("fast", 1)).what()).contains("a truth value");
        assertThat(thrown(() -> script.with("out", new Object())).what()).contains("java.lang.Object");
        assertThat(thrown(() -> script.with("steps", null)).what()).endsWith("is given none");
        assertThat(thrown(() -> Sde.of("x = 1").with("x", 1)).help()).isEqualTo("it declares no `param`");
        Sde computed = script.with("rate", "fast");
        assertThat(thrown(computed::run).what()).contains("`rate` takes a number");
    }

    @Test
    void a_wrong_setting_is_told_where_it_is_set() {
        assertThat(thrown(() -> Sde.of("").precision("float8")).help()).contains("float32");
        assertThat(thrown(() -> Sde.of("").device("cuda")).what()).contains("cuda");
    }

    @Test
    void a_wrong_call_is_told_in_the_words_of_the_api() {
        try (SdeRun run =
                Sde.of("f.sde", "fn f(x; scale = 1) = scale*x\ndata = {a: 1}").run()) {
            assertThat(thrown(() -> run.get("g")).what()).isEqualTo("unknown name `g`");
            assertThat(thrown(() -> run.get("dat")).help()).isEqualTo("did you mean `data`?");
            assertThat(thrown(() -> run.number("f")).what()).isEqualTo("`f` is a function, and no double");
            assertThat(thrown(() -> run.sampler("data")).help()).contains("Map.class");
            SdeException surplus = thrown(() -> run.call("f", 1, 2, 3));
            assertThat(surplus.what()).isEqualTo("f takes 2 values, here are 3");
            assertThat(surplus.file()).isEmpty();
            assertThat(surplus.line()).isZero();
            assertThat(thrown(() -> run.function("f").call(java.util.Map.of("scalee", 2), 1))
                            .help())
                    .contains("scale");
            assertThat(thrown(() -> run.call("f", new Object())).what()).startsWith("argument 1 of `f`");
            assertThat(thrown(() -> run.put("x", Stream.of(1))).what()).startsWith("`x` is a ");
        }
    }

    @Test
    void a_folder_that_may_not_be_written_names_the_method_that_allows_it() {
        Sde script =
                Sde.of("save(ones([2]), \"" + folder.resolve("a.csv") + "\")").folder(folder.resolve("run"));

        assertThat(thrown(script::run).help()).contains("`Sde.write(folder)`");
        script.write(folder).run().close();
        assertThat(folder.resolve("a.csv")).exists();
    }

    /** Options that a message names have words of the API; any other message must not name an option. */
    @Test
    void no_message_below_the_command_line_names_an_option_without_its_method() throws IOException {
        Path root = Path.of("src/main/java/org/sdescript");
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> named = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !OF_COMMANDS.contains(
                            root.relativize(file).getName(0).toString()))
                    .flatMap(SdeExceptionTest::literals)
                    .flatMap(line -> OPTION.matcher(line).results().map(MatchResult::group))
                    .map(option -> option.replace("`", ""))
                    .collect(Collectors.toSet());
            Set<String> known = ApiWords.METHODS.keySet().stream()
                    .flatMap(words -> OPTION.matcher(words).results().map(MatchResult::group))
                    .map(option -> option.replace("`", ""))
                    .collect(Collectors.toSet());

            assertThat(named).isSubsetOf(known);
        }
    }

    /** The lines with string literals, without comments. */
    private static Stream<String> literals(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.contains("\"") && !line.startsWith("*") && !line.startsWith("//"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_fault_of_a_listener_reaches_the_caller_as_it_is() {
        Sde script = Sde.of("print(1)").output(line -> {
            throw new UnsupportedOperationException(line);
        });
        UnsupportedOperationException thrown =
                catchThrowableOfType(UnsupportedOperationException.class, () -> script.run());

        assertThat(thrown).hasMessage("1");
        assertThat(Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getClassName))
                .contains(SdeExceptionTest.class.getName());
    }
}
