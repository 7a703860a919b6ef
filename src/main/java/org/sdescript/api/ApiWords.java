package org.sdescript.api;

import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Rewrites diagnostics for callers from Java: options of the command line become methods of the API. */
final class ApiWords {
    private static final String CALLER = "<java>";

    /** The options that messages outside of the command line name, and the methods that do the same. */
    static final Map<String, String> METHODS = Map.of(
            "on the command line: `--write DIR`", "by `Sde.write(folder)`",
            "`--out DIR`", "`Sde.folder(folder)`",
            "`--precision tf32`", "`Sde.precision(\"tf32\")`",
            "the output of `--debug`", "the stack trace");

    private ApiWords() {}

    /** Returns the place of a call from Java, which {@link #of} removes from errors. */
    static Span caller(String text) {
        return new Source(CALLER, text).span(0, text.length());
    }

    static Diagnostic of(Diagnostic diagnostic) {
        Optional<Span> place =
                diagnostic.span().filter(span -> !span.source().name().equals(CALLER));
        return new Diagnostic(
                diagnostic.severity(),
                diagnostic.code(),
                diagnostic.message(),
                place,
                place.isPresent() ? diagnostic.label() : "",
                diagnostic.notes().stream().map(ApiWords::translated).toList(),
                diagnostic.help().map(ApiWords::translated),
                diagnostic.fix());
    }

    private static String translated(String text) {
        String told = text;
        for (Map.Entry<String, String> each : METHODS.entrySet()) {
            told = told.replace(each.getKey(), each.getValue());
        }
        return told;
    }
}
