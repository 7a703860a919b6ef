package org.sdescript.backend;

import ai.djl.engine.EngineException;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.source.Span;

/** What the engine complains about, in the script's terms. */
final class NativeFailure {
    private NativeFailure() {}

    static SdeError of(EngineException failure, Node node) {
        Span span = node.span().orElse(null);
        String message = firstLine(failure);
        boolean memory = message.contains("out of memory") || message.contains("can't allocate memory");
        Diagnostic diagnostic = memory
                ? Diagnostic.error("E0904", span, "there is not enough memory for a result of " + node.type())
                        .note(message)
                        .help("use a smaller `batch`, or split the work")
                : Diagnostic.error("E0903", span, "the engine cannot compute " + node.type() + " here")
                        .note(message);
        return new SdeError(diagnostic, failure);
    }

    /** The first line with words; the rest is a native stack. */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
    }
}
