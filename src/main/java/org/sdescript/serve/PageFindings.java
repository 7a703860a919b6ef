package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.display.MessageJson;
import org.sdescript.source.Span;

/** Errors and warnings for the page: where they are in the text, their words, and the drawing of the terminal. */
final class PageFindings {
    private static final Renderer PLAIN = new Renderer(false);

    private PageFindings() {}

    /** @param name the name of the page's script; findings in other files have no place in the text */
    static ArrayNode of(List<Diagnostic> findings, String name) {
        ArrayNode all = MessageJson.array();
        findings.forEach(finding -> all.add(of(finding, name)));
        return all;
    }

    private static ObjectNode of(Diagnostic finding, String name) {
        ObjectNode node = MessageJson.object()
                .put("severity", finding.isError() ? "error" : "warning")
                .put("code", finding.code())
                .put("message", finding.message())
                .put("label", finding.label())
                .put("help", finding.help().orElse(""))
                .put("drawing", PLAIN.render(finding).stripTrailing());
        finding.notes().forEach(node.putArray("notes")::add);
        finding.span()
                .filter(span -> span.source().name().equals(name))
                .ifPresent(span -> place(node, span).put("line", span.line()).put("column", span.column()));
        finding.fix()
                .filter(fix -> fix.span().source().name().equals(name))
                .ifPresent(fix -> place(node.putObject("fix"), fix.span()).put("text", fix.text()));
        return node;
    }

    private static ObjectNode place(ObjectNode node, Span span) {
        return node.put("start", span.start()).put("end", span.end());
    }
}
