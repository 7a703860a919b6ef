package org.sdescript.lsp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.*;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;
import org.sdescript.syntax.format.Formatted;
import org.sdescript.syntax.format.Formatter;

/** The requests on one text. Each is answered on another thread than the one that reads messages. */
final class TextRequests implements TextDocumentService {
    private final OpenTexts texts;
    private final Workers workers;
    private final DiagnosticsFeed diagnostics;
    private final Completions completions;
    private final Hovers hovers;
    private final Places places;

    TextRequests(
            OpenTexts texts,
            Workers workers,
            DiagnosticsFeed diagnostics,
            Completions completions,
            Hovers hovers,
            Places places) {
        this.texts = texts;
        this.workers = workers;
        this.diagnostics = diagnostics;
        this.completions = completions;
        this.hovers = hovers;
        this.places = places;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams opened) {
        TextDocumentItem text = opened.getTextDocument();
        texts.open(text.getUri(), text.getVersion(), text.getText());
        diagnostics.changed(text.getUri());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams changed) {
        VersionedTextDocumentIdentifier text = changed.getTextDocument();
        Integer version = text.getVersion();
        texts.change(text.getUri(), version == null ? 0 : version, changed.getContentChanges());
        diagnostics.changed(text.getUri());
    }

    @Override
    public void didClose(DidCloseTextDocumentParams closed) {
        texts.close(closed.getTextDocument().getUri());
        diagnostics.closed(closed.getTextDocument().getUri());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams saved) {
        texts.renew(saved.getTextDocument().getUri());
        diagnostics.changed(saved.getTextDocument().getUri());
    }

    /** Answers a request on an open text; {@code none} for a text that is not open. */
    private <T> CompletableFuture<T> on(TextDocumentIdentifier text, @Nullable T none, Function<OpenText, T> work) {
        return texts.of(text.getUri())
                .map(open -> workers.answer(stop -> work.apply(open)))
                .orElseGet(() -> CompletableFuture.completedFuture(none));
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams at) {
        return texts.of(at.getTextDocument().getUri())
                .map(text -> workers.answerInParts(stop -> hovers.at(text, text.offset(at.getPosition()), stop)))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams at) {
        return on(
                at.getTextDocument(),
                Either.forLeft(List.of()),
                text -> Either.forLeft(completions.at(text, text.offset(at.getPosition()))));
    }

    @Override
    public CompletableFuture<CompletionItem> resolveCompletionItem(CompletionItem item) {
        return workers.answer(stop -> completions.resolved(item));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams at) {
        return on(at.getTextDocument(), null, text -> completions
                .signature(text, text.offset(at.getPosition()))
                .orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams at) {
        return on(
                at.getTextDocument(),
                Either.forLeft(List.of()),
                text -> Either.forLeft(places.definitions(text, text.offset(at.getPosition()))));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams at) {
        return on(
                at.getTextDocument(),
                List.of(),
                text -> places.references(
                        text, text.offset(at.getPosition()), at.getContext().isIncludeDeclaration()));
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams at) {
        return on(
                at.getTextDocument(),
                List.of(),
                text -> Places.places(text, text.offset(at.getPosition()), true).stream()
                        .map(place -> new DocumentHighlight(Positions.range(place)))
                        .toList());
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>> prepareRename(
            PrepareRenameParams at) {
        return on(
                at.getTextDocument(),
                null,
                text -> Either3.forSecond(places.renamable(text, text.offset(at.getPosition()))));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams at) {
        return on(
                at.getTextDocument(),
                null,
                text -> places.renamed(text, text.offset(at.getPosition()), at.getNewName()));
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(DocumentSymbolParams of) {
        return on(of.getTextDocument(), List.of(), text -> Outline.symbols(text).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                .toList());
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams of) {
        return on(of.getTextDocument(), List.of(), Outline::folds);
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams of) {
        return on(of.getTextDocument(), List.of(), text -> {
            Formatted formatted = Formatter.format(text.source());
            return formatted.errors().isEmpty()
                            && !formatted.text().equals(text.source().text())
                    ? List.of(new TextEdit(Positions.whole(text.source()), formatted.text()))
                    : List.of();
        });
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams of) {
        return on(of.getTextDocument(), new SemanticTokens(List.of()), text -> new SemanticTokens(Colours.of(text)));
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams of) {
        return on(
                of.getTextDocument(),
                List.of(),
                text -> Hints.of(
                        text,
                        text.offset(of.getRange().getStart()),
                        text.offset(of.getRange().getEnd())));
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams of) {
        return on(of.getTextDocument(), List.of(), EditorCommands::lenses);
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams of) {
        return on(
                of.getTextDocument(),
                List.of(),
                text -> QuickFixes.isWanted(of.getContext().getOnly())
                        ? QuickFixes.answer(
                                text,
                                text.offset(of.getRange().getStart()),
                                text.offset(of.getRange().getEnd()))
                        : List.of());
    }
}
