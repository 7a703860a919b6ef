package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Derivation;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ProcessSummary;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.workspace.script.ProcessContext;

/** Computes what the editor shows of a process. Imported files run their declarations only. */
final class ProcessTexts {
    private ProcessTexts() {}

    /** A process in a few lines. Throws a script's error. */
    static Optional<ProcessSummary> summary(OpenText text, ProcessContext context, Cancellation stop) {
        return within(
                text,
                stop,
                session ->
                        ProcessSummary.of(phases(text), context.statements(), file(text), context.process(), session));
    }

    /** The derivations of an {@code sde} that a script declares. Throws a script's error. */
    static List<Derivation> derivations(OpenText text, String name, Cancellation stop) {
        return within(
                text,
                stop,
                session -> Derivation.of(phases(text), text.analysis().program(), file(text), List.of(name), session));
    }

    private static Pipeline phases(OpenText text) {
        return text.pipeline().declaring();
    }

    private static Path file(OpenText text) {
        return OpenText.file(text.uri()).orElse(Path.of("script.sde"));
    }

    private static <T> T within(OpenText text, Cancellation stop, Function<Session, T> work) {
        OutputFolders folder = OutputFolders.of(Path.of("runs", "editor"));
        try (Session session = new Session(Settings.standard(), Console.SILENT, folder, text.folder())) {
            session.folders().beforeFirstFile(asked -> refused());
            stop.onCancel(session.stop()::request);
            return session.stop().stoppable(() -> work.apply(session));
        }
    }

    private static OutputFolders refused() {
        throw Diagnostic.error("E0741", null, "an editor writes no files of a script")
                .help("run the script")
                .raise();
    }
}
