package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.cli.Main;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;
import org.sdescript.workspace.script.BoundName;
import org.sdescript.workspace.script.NameTable;

/** Neovim's own client, with a server as a process, against the client of this process. */
class NeovimTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "another_name";

    @TempDir
    Path folder;

    /** The place at which a script is asked: the first name that it binds, after the first letters of the name. */
    private record Question(String file, int line, int character, int letters, String name) {
        static Question of(Path file) {
            Source source = ScriptFile.read(file);
            Span place =
                    NameTable.of(Parser.parse(source).program(), (callee, offset) -> java.util.Optional.empty())
                            .bound()
                            .stream()
                            .flatMap(BoundName::places)
                            .min(Comparator.comparingInt(Span::start))
                            .orElse(source.span(0, 0));
            Position at = Positions.of(source, place.start());
            return new Question(
                    file.toString(), at.getLine(), at.getCharacter(), Math.min(2, place.end() - place.start()), NAME);
        }
    }

    @Test
    void neovim_gets_the_answers_that_an_editor_in_this_process_gets() throws Exception {
        assumeTrue(hasNeovim(), "nvim is not installed (Debian's package neovim)");
        List<Question> questions =
                TwentyScripts.all().map(this::copied).map(Question::of).toList();

        List<JsonNode> fromNeovim = neovim(questions);

        assertThat(fromNeovim).hasSize(20);
        try (Editor editor = new Editor(folder)) {
            for (int i = 0; i < questions.size(); i++) {
                Map<String, JsonNode> own = own(editor, questions.get(i));
                JsonNode other = fromNeovim.get(i);
                for (String part : own.keySet()) {
                    assertThat(facts(part, other.get(part)))
                            .as("%s of %s", part, questions.get(i).file())
                            .isEqualTo(facts(part, own.get(part)));
                }
            }
        }
    }

    private static boolean hasNeovim() {
        try {
            return new ProcessBuilder("nvim", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException missing) {
            return false;
        }
    }

    /** A copy of a script, so that no test can change the script; imported files lie beside it. */
    private Path copied(Path script) {
        try {
            Path copy = folder.resolve("scripts").resolve(script.getFileName());
            Path parts = script.resolveSibling("parts");
            if (Files.isDirectory(parts) && !Files.exists(copy.resolveSibling("parts"))) {
                Files.createDirectories(copy.resolveSibling("parts"));
                try (var files = Files.list(parts)) {
                    for (Path file : files.toList()) {
                        Files.copy(file, copy.resolveSibling("parts").resolve(file.getFileName()));
                    }
                }
            }
            Files.createDirectories(copy.getParent());
            return Files.copy(script, copy);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<JsonNode> neovim(List<Question> questions) throws IOException, InterruptedException {
        Path answers = folder.resolve("answers.json");
        Path script = Path.of("src", "test", "resources", "lsp", "neovim.lua").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                "nvim", "--clean", "--headless", "-n", "-i", "NONE", "-c", "set hidden", "-c", "luafile " + script);
        builder.environment().put("SDE_LSP", JSON.writeValueAsString(server()));
        builder.environment().put("SDE_SCRIPTS", JSON.writeValueAsString(questions));
        builder.environment().put("SDE_ANSWERS", answers.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Path log = folder.resolve("log.txt");
        Process process = builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createFile(folder.resolve("nothing")).toFile()))
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(log)).isTrue();
        assertThat(answers).as(Files.readString(log)).exists();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(answers)) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).as(Files.readString(log)).hasSameSizeAs(questions);
        return lines;
    }

    private static List<String> server() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "lsp");
    }

    private static Map<String, JsonNode> own(Editor editor, Question question) throws IOException {
        Path file = Path.of(question.file());
        String uri = editor.open(file);
        Position at = new Position(question.line(), question.character());
        Position behind = new Position(question.line(), question.character() + question.letters());
        String text = ScriptFile.read(file).text();
        Map<String, JsonNode> answers = Map.of(
                "diagnostics", tree(editor.diagnostics(uri, 1)),
                "hover", asked(() -> editor.texts().hover(new org.eclipse.lsp4j.HoverParams(Editor.id(uri), at))),
                "completion", tree(editor.completion(uri, behind)),
                "rename",
                        asked(() -> editor.texts()
                                .rename(new org.eclipse.lsp4j.RenameParams(Editor.id(uri), at, question.name()))),
                "formatted", tree(Editor.edited(text, editor.format(uri))));
        editor.close(uri);
        return answers;
    }

    private static JsonNode asked(Supplier<CompletableFuture<?>> request) throws IOException {
        try {
            return tree(Editor.answer(request.get()));
        } catch (IllegalStateException refused) {
            return JSON.createObjectNode().put("err", refused.getMessage());
        }
    }

    private static JsonNode tree(Object value) throws IOException {
        return JSON.readTree(new MessageJsonHandler(Map.of()).getGson().toJson(value));
    }

    /** The facts of an answer, one a line, without what differs in form only. */
    private static List<String> facts(String part, JsonNode answer) {
        return switch (part) {
            case "diagnostics" ->
                lines(
                        answer,
                        each -> each.get("code") + " " + each.get("severity") + " " + range(each.get("range")) + " "
                                + each.get("message"));
            case "completion" ->
                lines(
                        answer,
                        each -> each.get("label") + " " + each.get("kind") + " " + each.get("detail") + " "
                                + each.get("textEdit").get("newText") + " "
                                + range(each.get("textEdit").get("range")));
            case "rename" ->
                answer.has("err")
                        ? List.of(answer.get("err").asText())
                        : lines(
                                answer.get("changes").elements().next(),
                                each -> range(each.get("range")) + " " + each.get("newText"));
            case "hover" ->
                List.of(
                        answer == null || answer.isNull()
                                ? ""
                                : answer.get("contents").get("value").asText());
            default -> List.of(answer.asText().stripTrailing());
        };
    }

    private static List<String> lines(JsonNode list, java.util.function.Function<JsonNode, String> line) {
        return StreamSupport.stream(list.spliterator(), false).map(line).toList();
    }

    private static String range(JsonNode range) {
        return place(range.get("start")) + "-" + place(range.get("end"));
    }

    private static String place(JsonNode place) {
        return place.get("line").asInt() + ":" + place.get("character").asInt();
    }
}
