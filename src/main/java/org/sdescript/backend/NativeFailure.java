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
        return of(failure, node.span().orElse(null), "the engine cannot compute this " + node.type());
    }

    static SdeError of(EngineException failure, String otherwise) {
        return of(failure, null, otherwise);
    }

    private static SdeError of(EngineException failure, Span span, String otherwise) {
        String words = firstLine(failure);
        boolean memory = words.contains("out of memory") || words.contains("can't allocate memory");
        Diagnostic diagnostic = memory
                ? Diagnostic.error("E0904", span, "there is not enough memory for this")
                        .help("use a smaller `batch`")
                : Diagnostic.error("E0903", span, otherwise);
        return new SdeError(diagnostic.note(words), failure);
    }

    /** More elements than Java's arrays or memory hold. */
    static SdeError tooLarge(Throwable failure, Node node) {
        Diagnostic diagnostic = Diagnostic.error(
                        "E0904", node.span().orElse(null), "there is not enough memory for this " + node.type())
                .help("use a smaller `batch`");
        return new SdeError(diagnostic, failure);
    }

    /** The first line with words; the rest is a native stack. */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
    }
}
