package org.sdescript.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Diagnostics for editors and other programs: an array of objects with positions. Lines and columns count from 1; ends
 * are exclusive.
 */
final class DiagnosticsAsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DiagnosticsAsJson() {}

    static String of(List<Diagnostic> diagnostics) {
        try {
            return JSON.writeValueAsString(
                    diagnostics.stream().map(DiagnosticsAsJson::fields).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(Diagnostic diagnostic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", diagnostic.code());
        fields.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        fields.put("message", diagnostic.message());
        diagnostic.span().ifPresent(span -> {
            fields.put("file", span.source().name());
            place(fields, span);
        });
        if (!diagnostic.label().isEmpty()) {
            fields.put("label", diagnostic.label());
        }
        fields.put("notes", diagnostic.notes());
        diagnostic.help().ifPresent(help -> fields.put("help", help));
        diagnostic.fix().ifPresent(fix -> {
            Map<String, Object> change = new LinkedHashMap<>();
            place(change, fix.span());
            change.put("text", fix.text());
            fields.put("fix", change);
        });
        return fields;
    }

    private static void place(Map<String, Object> fields, Span span) {
        fields.put("line", span.line());
        fields.put("column", span.column());
        fields.put("endLine", span.source().line(span.end()));
        fields.put("endColumn", span.source().column(span.end()));
    }
}
