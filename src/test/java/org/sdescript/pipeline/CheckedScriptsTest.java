package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.ast.Body;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;
import org.sdescript.check.Signature;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** Correct scripts have no errors and no warnings, and the checker's facts about built-ins hold. */
class CheckedScriptsTest {
    private static final Path NATIVE = Path.of("stdlib", "native");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sde *$\\R(.*?)^```");

    @ParameterizedTest
    @ValueSource(strings = {"stdlib", "examples", "src/test/sde/run"})
    void own_scripts_have_neither_errors_nor_warnings(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            Source[] scripts = files.filter(file -> file.toString().endsWith(".sde") && !file.startsWith(NATIVE))
                    .map(ScriptFile::read)
                    .toArray(Source[]::new);

            assertThat(scripts).isNotEmpty();
            Pipeline sees = folder.equals("stdlib") ? LibraryScripts.pipeline() : Script.PIPELINE;
            assertThat(sees.check(scripts)).isEmpty();
        }
    }

    /** Outside of sde itself a built-in is an error; its ranges and defaults are checked nevertheless. */
    @Test
    void the_declarations_of_builtins_have_no_other_error_than_to_stand_in_a_script() throws IOException {
        try (Stream<Path> files = Files.list(NATIVE)) {
            Source[] scripts = files.map(ScriptFile::read).toArray(Source[]::new);

            assertThat(scripts).hasSameSizeAs(StandardLibrary.NATIVE);
            assertThat(Script.PIPELINE.check(scripts))
                    .hasSameSizeAs(new StandardLibrary().builtins())
                    .allSatisfy(found -> assertThat(found.code()).isEqualTo("E0314"));
        }
    }

    @Test
    void what_a_builtin_gives_is_a_kind() {
        assertThat(new StandardLibrary().builtins())
                .filteredOn(builtin -> builtin.declaration().orElseThrow().body() instanceof Body.Native body
                        && body.gives().isPresent())
                .hasSizeGreaterThan(10)
                .allSatisfy(builtin -> assertThat(gives(builtin))
                        .as(builtin.signature().name())
                        .isPresent());
    }

    @Test
    void each_builtin_has_a_declaration_and_a_body() {
        List<Statement.Declaration> declared = new StandardLibrary()
                .builtins().stream()
                        .map(each -> each.declaration().orElseThrow())
                        .limit(1)
                        .toList();
        Builtin.Body body = call -> Value.None.NONE;
        String name = declared.getFirst().name();

        assertThat(StandardLibrary.joined(declared, Map.of(name, body))).hasSize(1);
        assertThatThrownBy(() -> StandardLibrary.joined(declared, Map.of())).hasMessage(name + " has no body");
        assertThatThrownBy(() -> StandardLibrary.joined(declared, Map.of(name, body, "surplus", body)))
                .hasMessage("stdlib/native does not declare [surplus]");
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
                        .map(builtin -> DynamicTest.dynamicTest(
                                builtin.signature().name(), () -> assertThat(Script.PIPELINE.check(
                                                new Source("example.sde", LibraryScripts.example(builtin))))
                                        .noneMatch(Diagnostic::isError)));
    }

    @TestFactory
    Stream<DynamicTest> a_builtin_gives_the_kind_that_it_says() {
        return new StandardLibrary()
                .builtins().stream()
                        .filter(builtin -> gives(builtin).isPresent())
                        .filter(builtin -> LibraryScripts.example(builtin)
                                .startsWith(builtin.signature().name() + "("))
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> assertThat(kind(builtin))
                                        .isEqualTo(gives(builtin).get().words())));
    }

    private static Optional<Kind> gives(Builtin builtin) {
        return Signature.of(builtin.declaration().orElseThrow()).gives();
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
        String example = LibraryScripts.example(builtin);
        int end = example.lastIndexOf(").");
        return end < 0 ? example : example.substring(0, end + 1);
    }
}
