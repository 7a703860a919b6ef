package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Correct scripts have no errors and no warnings, and the checker's facts about built-ins hold. */
class CheckedScriptsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sde *$\\R(.*?)^```");

    @ParameterizedTest
    @ValueSource(strings = {"stdlib", "examples", "src/test/sde/run"})
    void own_scripts_have_neither_errors_nor_warnings(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            Source[] scripts = files.filter(file -> file.toString().endsWith(".sde"))
                    .map(ScriptFile::read)
                    .toArray(Source[]::new);

            assertThat(scripts).isNotEmpty();
            assertThat(Script.PIPELINE.check(scripts)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/first-steps.md", "docs/language.md"})
    void the_blocks_of_the_documentation_have_neither_errors_nor_warnings(String page) throws IOException {
        assertThat(BLOCK.matcher(Files.readString(Path.of(page)))
                        .results()
                        .flatMap(block -> Script.PIPELINE.check(new Source(page, block.group(1))).stream()))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> the_example_of_a_builtin_has_no_errors() {
        return new StandardLibrary()
                .builtins().stream()
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> assertThat(
                                                Script.PIPELINE.check(new Source("example.sde", builtin.example())))
                                        .noneMatch(Diagnostic::isError)));
    }

    @TestFactory
    Stream<DynamicTest> a_builtin_gives_the_kind_that_it_says() {
        return new StandardLibrary()
                .builtins().stream()
                        .filter(builtin -> builtin.gives().isPresent())
                        .filter(builtin ->
                                builtin.example().startsWith(builtin.signature().name() + "("))
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> assertThat(kind(builtin))
                                        .isEqualTo(builtin.gives().get().words())));
    }

    private static String kind(Builtin builtin) throws IOException {
        Path folder = Script.temporary();
        Files.writeString(folder.resolve("measurements.csv"), "mass,length\n1,2\n3,4\n");
        Source source =
                new Source(folder.resolve("script.sde").toString(), "given = " + plain(builtin) + "\nprint(given)");
        Path file = Path.of(source.name());
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            Environment module =
                    Script.PIPELINE.run(Script.PIPELINE.program(source), file, ScriptParameters.of(Map.of()), session);
            return module.own("given").words();
        }
    }

    /** The example's call without a field access after it. */
    private static String plain(Builtin builtin) {
        String example = builtin.example();
        int end = example.lastIndexOf(").");
        return end < 0 ? example : example.substring(0, end + 1);
    }
}
