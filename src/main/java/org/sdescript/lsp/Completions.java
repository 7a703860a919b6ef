package org.sdescript.lsp;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.sdescript.check.Kind;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.manual.Manual;
import org.sdescript.workspace.CompletionCandidates;
import org.sdescript.workspace.CompletionContext;
import org.sdescript.workspace.OpenCall;
import org.sdescript.workspace.ScriptNames;

/** Completion and signature help: the candidates of the prompt, from the names of a script that has not run. */
final class Completions {
    private final Manual manual;

    Completions(Manual manual) {
        this.manual = manual;
    }

    List<CompletionItem> at(OpenText text, int offset) {
        String before = text.source().text().substring(0, offset);
        if (CompletionContext.isInComment(before)) {
            return List.of();
        }
        CompletionContext spot = CompletionContext.inScript(before);
        ScriptNames names = text.namesAfterKey(offset);
        Range typed = new Range(
                Positions.of(text.source(), offset - spot.prefix().length()), Positions.of(text.source(), offset));
        return new CompletionCandidates(names, text.folder())
                .at(spot).stream().map(offer -> item(offer, spot, names, typed)).toList();
    }

    private static CompletionItem item(
            CompletionCandidates.Offer offer, CompletionContext spot, ScriptNames names, Range typed) {
        CompletionItem item = new CompletionItem(offer.shown());
        item.setKind(kind(offer, spot, names));
        item.setFilterText(offer.text());
        item.setTextEdit(Either.forLeft(new TextEdit(typed, offer.text())));
        if (!offer.about().isEmpty()) {
            item.setDetail(offer.about());
        }
        if (item.getKind() == CompletionItemKind.Property) {
            item.setSortText("0" + offer.text());
        } else {
            item.setSortText((item.getKind() == CompletionItemKind.Keyword ? "2" : "1") + offer.text());
        }
        return item;
    }

    private static CompletionItemKind kind(
            CompletionCandidates.Offer offer, CompletionContext spot, ScriptNames names) {
        if (offer.text().endsWith(" = ")) {
            return CompletionItemKind.Property;
        }
        return switch (spot) {
            case CompletionContext.OfFile file -> CompletionItemKind.File;
            case CompletionContext.OfText value -> CompletionItemKind.Value;
            case CompletionContext.OfField field -> CompletionItemKind.Field;
            case CompletionContext.OfCommand word -> CompletionItemKind.Keyword;
            case CompletionContext.OfChoice word -> CompletionItemKind.Keyword;
            case CompletionContext.OfArgument name -> ofName(offer, names);
            case CompletionContext.OfParameter name -> ofName(offer, names);
            case CompletionContext.OfName name -> ofName(offer, names);
        };
    }

    private static CompletionItemKind ofName(CompletionCandidates.Offer offer, ScriptNames names) {
        Optional<Kind> kind = names.kind(offer.text());
        if (kind.isEmpty()) {
            return offer.closed() ? CompletionItemKind.Keyword : CompletionItemKind.Variable;
        }
        return switch (kind.get()) {
            case SDE -> CompletionItemKind.Class;
            case MODULE -> CompletionItemKind.Module;
            case FUNCTION, FN, KERNEL, SCHEDULE, NETWORK, LOSS, PREDICTOR, CORRECTOR, SAMPLER, METHOD ->
                CompletionItemKind.Function;
            default -> CompletionItemKind.Variable;
        };
    }

    /** Adds the page of the completed name, which the editor asks for once the name is selected. */
    CompletionItem resolved(CompletionItem item) {
        manual.page(item.getLabel())
                .ifPresent(page -> item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, page)));
        return item;
    }

    /** The signature of the innermost open call. */
    Optional<SignatureHelp> signature(OpenText text, int offset) {
        String before = text.source().text().substring(0, offset);
        return OpenCall.ofScript(before).flatMap(call -> text.namesAfterKey(offset)
                .known(call.callee())
                .flatMap(StaticValue::signature)
                .map(signature -> help(signature, call)));
    }

    private SignatureHelp help(Signature signature, OpenCall call) {
        SignatureInformation shown =
                new SignatureInformation(signature.kind().word() + " " + signature.name() + signature.shown());
        manual.page(signature.name())
                .ifPresent(page -> shown.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, page)));
        List<Signature.Slot> slots = signature.slots();
        shown.setParameters(slots.stream()
                .map(slot ->
                        new ParameterInformation(slot.written(), slot.wanted().words()))
                .toList());
        int active = call.name()
                .map(name -> slots.stream().map(Signature.Slot::name).toList().indexOf(name))
                .orElse(call.position());
        return new SignatureHelp(List.of(shown), 0, active < 0 || active >= slots.size() ? null : active);
    }
}
