package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server sends what {@code protocol.json} states; a test of the extension reads the same file. */
class ExtensionProtocolTest {
    private static final Path STATED = Path.of("editors/vscode/test/protocol.json");

    private static final String PROCESS = "sde P {\n  t in [0, 1]\n  dx = -x dt + dw\n}\n";

    @TempDir
    private Path folder;

    private static JsonNode stated() throws IOException {
        return new ObjectMapper().readTree(STATED.toFile());
    }

    @Test
    void the_request_for_a_derivation_has_the_stated_name_and_fields() throws IOException, NoSuchMethodException {
        JsonNode derivation = stated().get("derivation");
        Method method = Server.class.getMethod("derivation", DerivationQuery.class);

        assertThat(method.getAnnotation(JsonRequest.class).value())
                .isEqualTo(derivation.get("method").asText());
        assertThat(fields(DerivationQuery.class)).isEqualTo(words(derivation.get("parameters")));
        assertThat(fields(DerivationAnswer.class)).isEqualTo(words(derivation.get("result")));
    }

    @Test
    void the_lenses_call_the_stated_commands_with_the_script_and_the_process() throws IOException {
        JsonNode stated = stated();
        try (Editor editor = new Editor(folder)) {
            String uri = editor.open(folder.resolve("a.sde"), PROCESS);
            List<? extends CodeLens> lenses =
                    Editor.answer(editor.texts().codeLens(new CodeLensParams(Editor.id(uri))));

            assertThat(lenses.stream().map(CodeLens::getCommand).map(ExtensionProtocolTest::call))
                    .containsExactlyInAnyOrder(
                            call(stated, "run", Map.of("uri", uri)),
                            call(stated, "derive", Map.of("uri", uri, "name", "P")));
        }
    }

    @Test
    void the_derivation_has_formulas_for_a_page() {
        try (Editor editor = new Editor(folder)) {
            String uri = editor.open(folder.resolve("a.sde"), PROCESS);
            DerivationAnswer derived = Editor.answer(editor.server().derivation(new DerivationQuery(uri, "P")));

            assertThat(derived.mathml()).startsWith("<article>").contains("<h2>P</h2>", "<math", "Anderson");
        }
    }

    private static List<String> call(JsonNode stated, String kind, Map<String, String> values) {
        return Stream.concat(
                        Stream.of(stated.get("commands").get(kind).asText()),
                        words(stated.get("lenses").get(kind)).stream().map(values::get))
                .toList();
    }

    private static List<String> call(Command command) {
        return Stream.concat(
                        Stream.of(command.getCommand()),
                        command.getArguments().stream()
                                .map(JsonPrimitive.class::cast)
                                .map(JsonPrimitive::getAsString))
                .toList();
    }

    private static List<String> fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static List<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
