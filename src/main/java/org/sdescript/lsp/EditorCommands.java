package org.sdescript.lsp;

import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Statement;
import org.sdescript.pipeline.DerivationText;

/** The commands of the editor, and the lenses that call them: run a script, derive a process. */
final class EditorCommands {
    static final String RUN = "sde.run";
    static final String DERIVE = "sde.derive";

    private final OpenTexts texts;
    private final Workers workers;
    private final LanguageClient client;
    private final List<String> program;

    /** @param program the command line that starts {@code sde} */
    EditorCommands(OpenTexts texts, Workers workers, LanguageClient client, List<String> program) {
        this.texts = texts;
        this.workers = workers;
        this.client = client;
        this.program = List.copyOf(program);
    }

    /** "run" at the top of a file, "derive" above each process. */
    static List<CodeLens> lenses(OpenText text) {
        List<CodeLens> lenses = new ArrayList<>();
        if (OpenText.file(text.uri()).isPresent()) {
            Range top = new Range(new Position(0, 0), new Position(0, 0));
            lenses.add(new CodeLens(top, new Command("run", RUN, List.of(text.uri())), null));
        }
        text.analysis().program().statements().stream()
                .filter(Statement.SdeDeclaration.class::isInstance)
                .map(Statement.SdeDeclaration.class::cast)
                .forEach(declared -> lenses.add(new CodeLens(
                        Positions.range(declared.nameSpan()),
                        new Command("derive", DERIVE, List.of(text.uri(), declared.name())),
                        null)));
        return lenses;
    }

    /** @param arguments null if the editor sends none */
    CompletableFuture<Object> execute(String command, @Nullable List<Object> arguments) {
        List<String> words = Stream.ofNullable(arguments)
                .flatMap(List::stream)
                .map(word -> word instanceof JsonPrimitive text ? text.getAsString() : String.valueOf(word))
                .toList();
        if (command.equals(RUN) && words.size() == 1) {
            return run(words.getFirst());
        }
        if (command.equals(DERIVE) && words.size() == 2) {
            return workers.answerSlowly(stop -> {
                String text = DerivationText.text(ProcessTexts.derivations(required(words.get(0)), words.get(1), stop));
                client.showMessage(new MessageParams(MessageType.Info, text));
                return text;
            });
        }
        return CompletableFuture.failedFuture(Workers.failed("there is no command " + command + " of these arguments"));
    }

    private OpenText required(String uri) {
        return texts.of(uri).orElseThrow(() -> Workers.failed(uri + " is not open"));
    }

    /** Runs the saved file as a process of its own; its output goes to the editor's log. Cancelling ends the process. */
    private CompletableFuture<Object> run(String uri) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Path file = OpenText.file(uri).orElse(null);
        if (file == null) {
            answer.completeExceptionally(Workers.failed("only a saved script runs"));
            return answer;
        }
        Thread runner = DeepStack.thread("run", () -> {
            try {
                answer.complete(status(file, answer));
            } catch (IOException | InterruptedException failure) {
                answer.completeExceptionally(
                        Workers.failed("the script could not be started: " + failure.getMessage()));
            }
        });
        runner.setDaemon(true);
        runner.start();
        return answer;
    }

    private int status(Path file, CompletableFuture<Object> answer) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of("run", file.toString()));
        Process process = new ProcessBuilder(line)
                .directory(file.toAbsolutePath().resolveSibling("").toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        new Cancellation(answer).onCancel(process::destroy);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                client.logMessage(new MessageParams(MessageType.Info, text));
            }
        }
        int status = process.waitFor();
        client.showMessage(new MessageParams(
                status == 0 ? MessageType.Info : MessageType.Error,
                file.getFileName() + (status == 0 ? " is done" : " ended with status " + status)
                        + "; its output is in the log of the language server"));
        return status;
    }
}
