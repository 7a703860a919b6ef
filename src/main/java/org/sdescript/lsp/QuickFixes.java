package org.sdescript.lsp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** The remedies of errors and warnings as changes of the text. */
final class QuickFixes {
    private QuickFixes() {}

    /**
     * True if the wanted kinds of changes include fixes.
     *
     * @param kinds a kind includes those of which it is the beginning, and the empty kind all; null if all are wanted
     */
    static boolean isWanted(@Nullable List<String> kinds) {
        return kinds == null || kinds.contains("") || kinds.contains(CodeActionKind.QuickFix);
    }

    /** The fixes of the diagnostics that touch the text between two offsets. */
    static List<CodeAction> of(OpenText text, int from, int to) {
        List<Diagnostic> fixable = text.analysis().findings().stream()
                .filter(found -> found.fix()
                        .filter(fix ->
                                fix.span().source().name().equals(text.source().name()))
                        .isPresent())
                .filter(found -> found.span()
                        .filter(span -> span.start() <= to && from <= span.end())
                        .isPresent())
                .toList();
        return fixable.stream().flatMap(found -> action(text, found).stream()).toList();
    }

    private static Optional<CodeAction> action(OpenText text, Diagnostic found) {
        return found.fix().map(fix -> {
            CodeAction action = new CodeAction(title(fix.span(), fix.text()));
            action.setKind(CodeActionKind.QuickFix);
            action.setDiagnostics(List.of(DiagnosticsFeed.of(found)));
            action.setIsPreferred(true);
            TextEdit edit = new TextEdit(Positions.range(fix.span()), fix.text());
            action.setEdit(new WorkspaceEdit(Map.of(text.uri(), List.of(edit))));
            return action;
        });
    }

    private static String title(Span place, String instead) {
        return instead.isEmpty()
                ? "Leave out `" + place.text().strip() + "`"
                : "Write `" + instead.strip() + "` instead of `" + place.text().strip() + "`";
    }

    static List<Either<org.eclipse.lsp4j.Command, CodeAction>> answer(OpenText text, int from, int to) {
        return of(text, from, to).stream()
                .map(Either::<org.eclipse.lsp4j.Command, CodeAction>forRight)
                .toList();
    }
}
