package org.sdescript.lsp;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The requests on all texts: symbols, commands, and files that changed on the disk. */
final class WorkspaceRequests implements WorkspaceService {
    private final OpenTexts texts;
    private final Workers workers;
    private final DiagnosticsFeed diagnostics;
    private final WorkspaceScripts scripts;
    private final EditorCommands commands;

    WorkspaceRequests(
            OpenTexts texts,
            Workers workers,
            DiagnosticsFeed diagnostics,
            WorkspaceScripts scripts,
            EditorCommands commands) {
        this.texts = texts;
        this.workers = workers;
        this.diagnostics = diagnostics;
        this.scripts = scripts;
        this.commands = commands;
    }

    @Override
    public CompletableFuture<Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>> symbol(
            WorkspaceSymbolParams of) {
        String query = of.getQuery().toLowerCase(Locale.ROOT);
        return workers.answerSlowly(stop -> {
            Stream<WorkspaceSymbol> open = texts.all().stream()
                    .flatMap(text -> Outline.declared(text.analysis().program(), text.uri()).stream());
            return Either.forRight(Stream.concat(open, scripts.symbols(texts, stop))
                    .filter(symbol -> symbol.getName().toLowerCase(Locale.ROOT).contains(query))
                    .toList());
        });
    }

    @Override
    public CompletableFuture<Object> executeCommand(ExecuteCommandParams command) {
        return commands.execute(command.getCommand(), command.getArguments());
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams changed) {
        // there are no settings
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams changed) {
        scripts.renew();
        changed.getChanges().forEach(file -> {
            texts.renew(file.getUri());
            diagnostics.changed(file.getUri());
        });
    }
}
