package org.sdescript.diagnostic;

import java.util.Locale;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * Renders a diagnostic as text: the message, the source line with carets, notes and help. Nothing else renders
 * diagnostics.
 */
public final class Renderer {
    private static final int WIDEST_LINE = 160;

    private final boolean colour;

    public Renderer(boolean colour) {
        this.colour = colour;
    }

    public String render(Diagnostic diagnostic) {
        String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
        String tint = diagnostic.severity() == Diagnostic.Severity.ERROR ? "31;1" : "33;1";
        StringBuilder out = new StringBuilder();
        out.append(paint(tint, severity + "[" + diagnostic.code() + "]"))
                .append(paint("1", ": " + PrintableText.lines(diagnostic.message())))
                .append('\n');
        String gutter = diagnostic
                .span()
                .map(span -> " ".repeat(String.valueOf(span.line()).length() + 1))
                .orElse("  ");
        diagnostic.span().ifPresent(span -> excerpt(out, span, diagnostic.label(), gutter, tint));
        for (String note : diagnostic.notes()) {
            out.append(gutter)
                    .append("= note: ")
                    .append(PrintableText.lines(note))
                    .append('\n');
        }
        diagnostic.help().ifPresent(help -> out.append(gutter)
                .append("= help: ")
                .append(PrintableText.lines(help))
                .append('\n'));
        return out.toString();
    }

    private void excerpt(StringBuilder out, Span span, String label, String gutter, String tint) {
        Source source = span.source();
        int line = span.line();
        String text = source.lineText(line);
        int start = Math.min(span.start() - source.lineStart(line), text.length());
        int end = Math.clamp((long) span.end() - source.lineStart(line), start, Math.max(start, text.length()));
        int from = start > WIDEST_LINE / 2 && text.length() > WIDEST_LINE ? start - WIDEST_LINE / 2 : 0;
        int to = Math.min(text.length(), from + WIDEST_LINE);
        String shown =
                (from > 0 ? "…" : "") + PrintableText.line(text.substring(from, to)) + (to < text.length() ? "…" : "");
        int lead = width(text.substring(from, start)) + (from > 0 ? 1 : 0);
        int carets = Math.max(1, width(text.substring(start, Math.max(start, Math.min(end, to)))));
        out.append(gutter).append("┌─ ").append(span.location()).append('\n');
        out.append(line).append(" │ ").append(shown).append('\n');
        out.append(gutter)
                .append("│ ")
                .append(" ".repeat(lead))
                .append(paint(tint, "^".repeat(carets) + (label.isEmpty() ? "" : " " + label)))
                .append('\n');
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private String paint(String style, String text) {
        return colour ? "\u001B[" + style + "m" + text + "\u001B[0m" : text;
    }
}
