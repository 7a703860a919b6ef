package org.sdescript.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.manual.ManualEntry;
import org.sdescript.source.Source;
import org.sdescript.syntax.EditorToken;

/** The files in {@code editors/} agree with the language. */
class EditorTest {
    private static final Path EXTENSION = Path.of("editors/vscode");
    private static final Path GRAMMAR = EXTENSION.resolve("syntaxes/sde.tmLanguage.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_grammar_has_the_words_and_functions_of_the_language() throws IOException {
        String grammar = new TextMateGrammar(Script.PIPELINE.manual()).json();
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(GRAMMAR, grammar);
        }
        assertThat(GRAMMAR).hasContent(grammar);
    }

    @Test
    void each_keyword_and_function_has_a_colour() throws IOException {
        for (String word : EditorToken.keywords()) {
            assertThat(scope(word + " x")).as(word).matches("(keyword|constant).*");
        }
        assertThat(scope("langevin(x)")).isEqualTo("support.function.sde");
        assertThat(scope("mine(x)")).isEqualTo("entity.name.function.call.sde");
        assertThat(scope("1_000.5e-3")).isEqualTo("constant.numeric.sde");
        assertThat(scope("# x")).isEqualTo("comment.line.number-sign.sde");
    }

    @Test
    void constants_are_those_the_manual_tells_of() {
        assertThat(Script.PIPELINE.manual().entries())
                .flatExtracting(ManualEntry::names)
                .containsAll(TextMateGrammar.CONSTANTS);
    }

    /**
     * The scope of the first pattern that matches at the start of a line; for a declaration, the scope of its keyword.
     */
    private static String scope(String line) throws IOException {
        for (JsonNode pattern : JSON.readTree(GRAMMAR.toFile()).get("patterns")) {
            String expression = (pattern.has("match") ? pattern.get("match") : pattern.get("begin")).asText();
            if (Pattern.compile(expression).matcher(line).lookingAt()) {
                return pattern.has("name")
                        ? pattern.get("name").asText()
                        : pattern.get("captures").get("1").get("name").asText();
            }
        }
        return "";
    }

    @TestFactory
    Stream<DynamicTest> snippets_are_without_fault() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        JSON.readTree(EXTENSION.resolve("snippets/sde.json").toFile())
                .properties()
                .forEach(snippet -> {
                    StringBuilder text = new StringBuilder();
                    snippet.getValue().get("body").forEach(line -> text.append(line.asText())
                            .append('\n'));
                    String script = text.toString().replaceAll("\\$\\{\\d+:([^}]*)\\}", "$1");
                    tests.add(DynamicTest.dynamicTest(
                            snippet.getKey(), () -> assertThat(Script.PIPELINE.check(new Source("snippet.sde", script)))
                                    .filteredOn(Diagnostic::isError)
                                    .isEmpty()));
                });
        return tests.stream();
    }

    @Test
    void the_extension_names_files_that_are_there() throws IOException {
        JsonNode manifest = manifest();
        JsonNode contributes = manifest.get("contributes");

        assertThat(contributes.findValuesAsText("path"))
                .hasSize(2)
                .allSatisfy(path -> assertThat(EXTENSION.resolve(path)).exists());
        assertThat(EXTENSION.resolve(manifest.get("icon").asText())).exists();
        Path brackets = EXTENSION.resolve(
                contributes.get("languages").get(0).get("configuration").asText());
        assertThat(JSON.readTree(brackets.toFile()).has("brackets")).isTrue();
    }

    @Test
    void the_extension_has_the_version_of_the_program() throws IOException {
        assertThat(manifest().get("version").asText()).isEqualTo(pomVersion());
    }

    private static JsonNode manifest() throws IOException {
        return JSON.readTree(EXTENSION.resolve("package.json").toFile());
    }

    private static String pomVersion() throws IOException {
        Matcher version = Pattern.compile("<artifactId>sde</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
