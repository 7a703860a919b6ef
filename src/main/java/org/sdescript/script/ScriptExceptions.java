package org.sdescript.script;

import java.util.Optional;
import java.util.stream.Collectors;
import javax.script.ScriptException;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/** Converts the errors of a script to a {@code ScriptException}: the text of all errors, the position of the first. */
final class ScriptExceptions {
    private ScriptExceptions() {}

    static ScriptException of(SdeError error) {
        Renderer renderer = new Renderer(false);
        String text =
                error.diagnostics().stream().map(renderer::render).collect(Collectors.joining(System.lineSeparator()));
        Optional<Span> place = error.diagnostics().stream()
                .map(Diagnostic::span)
                .flatMap(Optional::stream)
                .findFirst();
        ScriptException told = place.map(
                        span -> new ScriptException(text, span.source().name(), span.line(), span.column()))
                .orElseGet(() -> new ScriptException(text));
        told.initCause(error);
        return told;
    }
}
