package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.sdescript.display.MessageJson;
import org.sdescript.display.MimeBundle;
import org.sdescript.manual.HelpPage;
import org.sdescript.runtime.Environment;
import org.sdescript.source.Source;
import org.sdescript.syntax.EditorToken;
import org.sdescript.syntax.Parser;
import org.sdescript.workspace.CompletionCandidates;
import org.sdescript.workspace.CompletionContext;
import org.sdescript.workspace.EntryCompleteness;
import org.sdescript.workspace.Workspace;

/** Answers what an editor asks of a cell's text: completions, pages and completeness. Positions count code points. */
final class Editing {
    private static final String INDENT = "  ";

    private Editing() {}

    static ObjectNode completions(String code, int position, Workspace workspace) {
        String before = code.substring(0, CodePoints.index(code, position));
        String line = before.substring(before.lastIndexOf('\n') + 1);
        boolean isCommand =
                line.stripLeading().startsWith("%") || line.stripLeading().startsWith(":");
        CompletionContext context = CompletionContext.of(isCommand ? CellPart.command(line) : before);
        boolean isWord = context instanceof CompletionContext.OfCommand;
        int end = CodePoints.position(code, before.length());
        // the sign before a command stays as it was typed
        String typed = isWord ? context.prefix().substring(1) : context.prefix();
        int start = end - typed.codePointCount(0, typed.length());
        ObjectNode reply = Message.ok().put("cursor_start", start).put("cursor_end", end);
        ArrayNode matches = reply.putArray("matches");
        ArrayNode types = reply.putObject("metadata").putArray("_jupyter_types_experimental");
        for (CompletionCandidates.Offer offer : new CompletionCandidates(workspace).at(context)) {
            String text = isWord ? offer.text().substring(1) : offer.text();
            matches.add(text);
            types.addObject()
                    .put("start", start)
                    .put("end", end)
                    .put("text", text)
                    .put("type", type(offer, workspace.names()))
                    .put("signature", offer.about());
        }
        return reply;
    }

    /** The kind of an offer in a word, which editors show beside it. */
    private static String type(CompletionCandidates.Offer offer, Environment names) {
        String text = offer.text();
        if (text.endsWith(" = ")) {
            return "param";
        }
        return Optional.ofNullable(names.find(text))
                .map(value -> value.kind().word())
                .orElseGet(() -> EditorToken.keywords().contains(text) ? "keyword" : "");
    }

    static ObjectNode inspection(String code, int position, Pages pages) {
        Optional<HelpPage> page = pages.at(code, CodePoints.index(code, position));
        ObjectNode reply = Message.ok().put("found", page.isPresent());
        reply.set(
                "data",
                page.map(found -> CellConsole.data(MimeBundle.page(found.text(), found.markdown())))
                        .orElseGet(MessageJson::object));
        reply.putObject("metadata");
        return reply;
    }

    static ObjectNode completeness(String code) {
        List<CellPart> parts = CellPart.of(code);
        CellPart last = parts.isEmpty() ? new CellPart(CellPart.Kind.PAGE, "", 0) : parts.getLast();
        if (last.kind() != CellPart.Kind.PAGE && !EntryCompleteness.isWhole(last.text())) {
            return MessageJson.object().put("status", "incomplete").put("indent", INDENT.repeat(depth(last.text())));
        }
        boolean isValid = parts.stream()
                .filter(part -> part.kind() == CellPart.Kind.STATEMENTS)
                .noneMatch(part -> Parser.parse(new Source("cell", part.text())).hasErrors());
        return MessageJson.object().put("status", isValid ? "complete" : "invalid");
    }

    /** The number of brackets that are open at the end of a text. */
    private static int depth(String text) {
        int depth = 0;
        for (EditorToken word : EditorToken.of(text)) {
            depth += word.role() == EditorToken.Role.OPENING ? 1 : 0;
            depth -= word.role() == EditorToken.Role.CLOSING ? 1 : 0;
        }
        return Math.max(0, depth);
    }
}
