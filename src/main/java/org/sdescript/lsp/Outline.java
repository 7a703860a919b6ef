package org.sdescript.lsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.source.Span;
import org.sdescript.syntax.EditorToken;

/** The symbols of a script, and the parts that an editor can fold. */
final class Outline {
    private Outline() {}

    static List<DocumentSymbol> symbols(OpenText text) {
        List<DocumentSymbol> symbols = new ArrayList<>(text.analysis().program().statements().stream()
                .flatMap(statement -> symbols(statement))
                .toList());
        LostDeclaration.all(text)
                .forEach(lost -> symbols.add(symbol(
                        lost.name(), SymbolKind.Variable, "syntax error", lost.place(), lost.place(), List.of())));
        symbols.sort(
                Comparator.comparingInt(symbol -> symbol.getRange().getStart().getLine()));
        return symbols;
    }

    private static Stream<DocumentSymbol> symbols(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declared ->
                Stream.of(symbol(
                        declared.name(),
                        SymbolKind.Function,
                        declared.kind().word(),
                        declared.span(),
                        declared.nameSpan(),
                        List.of()));
            case Statement.SdeDeclaration declared ->
                Stream.of(symbol(
                        declared.name(),
                        SymbolKind.Class,
                        "sde",
                        declared.span(),
                        declared.nameSpan(),
                        declared.items().stream().flatMap(Outline::inside).toList()));
            case Statement.Param param ->
                Stream.of(
                        symbol(param.name(), SymbolKind.Property, "param", param.span(), param.nameSpan(), List.of()));
            case Statement.Bind bind ->
                bind.targets().stream()
                        .map(target ->
                                symbol(target.name(), SymbolKind.Variable, "", bind.span(), target.span(), List.of()));
            default -> Stream.empty();
        };
    }

    private static Stream<DocumentSymbol> inside(SdeItem item) {
        return switch (item) {
            case SdeItem.LocalValue local ->
                Stream.of(symbol(local.name(), SymbolKind.Variable, "", local.span(), local.nameSpan(), List.of()));
            case SdeItem.LocalFunction local ->
                Stream.of(symbol(local.name(), SymbolKind.Function, "", local.span(), local.nameSpan(), List.of()));
            case SdeItem.ItoEquation equation ->
                Stream.of(equation(equation.state(), equation.span(), equation.stateSpan()));
            case SdeItem.TransitionEquation equation ->
                Stream.of(equation(equation.state(), equation.span(), equation.stateSpan()));
            case SdeItem.ChainEquation equation ->
                Stream.of(equation(equation.state(), equation.span(), equation.stateSpan()));
            case SdeItem.TimeDomain domain -> Stream.empty();
            case SdeItem.ChainIndex index -> Stream.empty();
            case SdeItem.Stratonovich word -> Stream.empty();
        };
    }

    private static DocumentSymbol equation(String state, Span whole, Span name) {
        return symbol(state, SymbolKind.Field, "equation", whole, name, List.of());
    }

    private static DocumentSymbol symbol(
            String name, SymbolKind kind, String detail, Span whole, Span place, List<DocumentSymbol> inside) {
        return new DocumentSymbol(name, kind, Positions.range(whole.to(place)), Positions.range(place), detail, inside);
    }

    /** The declarations of a program as symbols of the workspace. */
    static List<WorkspaceSymbol> declared(Program program, String uri) {
        return program.statements().stream()
                .flatMap(Outline::symbols)
                .filter(symbol -> symbol.getKind() != SymbolKind.Variable)
                .map(symbol -> new WorkspaceSymbol(
                        symbol.getName(),
                        symbol.getKind(),
                        Either.forLeft(new Location(uri, symbol.getSelectionRange()))))
                .toList();
    }

    /** Brackets over several lines, and comments of several lines. */
    static List<FoldingRange> folds(OpenText text) {
        List<FoldingRange> folds = new ArrayList<>();
        List<EditorToken> open = new ArrayList<>();
        int comment = -1;
        int last = -2;
        boolean begins = true;
        for (EditorToken token : text.tokens()) {
            int line = text.source().line(token.start()) - 1;
            switch (token.role()) {
                case OPENING -> open.addLast(token);
                case CLOSING -> {
                    if (!open.isEmpty()) {
                        int first = text.source().line(open.removeLast().start()) - 1;
                        fold(first, line - 1, Optional.empty()).ifPresent(folds::add);
                    }
                }
                case COMMENT -> {
                    if (begins && line != last + 1) {
                        fold(comment, last, Optional.of(FoldingRangeKind.Comment))
                                .ifPresent(folds::add);
                        comment = line;
                    }
                    last = begins ? line : last;
                }
                default -> {}
            }
            begins = token.role() == EditorToken.Role.NEWLINE;
        }
        fold(comment, last, Optional.of(FoldingRangeKind.Comment)).ifPresent(folds::add);
        return folds;
    }

    private static Optional<FoldingRange> fold(int first, int last, Optional<String> kind) {
        if (first < 0 || last <= first) {
            return Optional.empty();
        }
        FoldingRange fold = new FoldingRange(first, last);
        kind.ifPresent(fold::setKind);
        return Optional.of(fold);
    }
}
