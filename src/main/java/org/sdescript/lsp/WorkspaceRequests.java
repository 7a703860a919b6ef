package org.sdescript.lsp;

import java.util.List;
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
        return workers.answer(stop -> {
            Stream<WorkspaceSymbol> open = texts.all().stream()
                    .flatMap(text -> Outline.matching(text.analysis().program(), text.uri(), of.getQuery()));
            Stream<WorkspaceSymbol> closed = scripts.closed(texts, stop)
                    .flatMap(script -> Outline.matching(script.program(), script.uri(), of.getQuery()));
            return Either.forRight(Stream.concat(open, closed).toList());
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
        changed.getChanges().forEach(file -> {
            texts.renew(file.getUri());
            diagnostics.changed(file.getUri());
        });
    }
}
