package org.sdescript.backend;

import ai.djl.engine.EngineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.source.Span;

/** What the engine complains about, in the script's terms. */
final class NativeFailure {
    private static final String TRACEBACK = "Traceback of TorchScript";
    private static final Pattern ERROR = Pattern.compile("(?m)^\\w*Error: (.*)$");

    private NativeFailure() {}

    /** Of the operation that the engine refused: positions in a kernel are known only when it runs. */
    static SdeError of(EngineException failure, Node node) {
        Span span = node.span().orElse(null);
        if (node.operation() instanceof Operation.Gather(int axis)
                && firstLine(failure).contains("index")) {
            long size = node.inputs().getFirst().shape().size(axis);
            Diagnostic outside =
                    Diagnostic.error("E0409", span, "an index is outside of axis " + axis + " of length " + size);
            return new SdeError(outside.help("indices go from 0 to " + (size - 1)), failure);
        }
        return of(failure, span, "the engine cannot compute this " + node.type());
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
                : Diagnostic.error("E0903", span, otherwise)
                        .note(
                                "sde takes only what the engine can compute, so this is a fault of sde and not of the script")
                        .help(
                                "please report it with the script and the output of `--debug`, which has the engine's words");
        return new SdeError(diagnostic, failure);
    }

    /** More elements than Java's arrays or memory hold. */
    static SdeError tooLarge(Throwable failure, Node node) {
        Diagnostic diagnostic = Diagnostic.error(
                        "E0904", node.span().orElse(null), "there is not enough memory for this " + node.type())
                .help("use a smaller `batch`");
        return new SdeError(diagnostic, failure);
    }

    /** What is wrong: behind a script's traceback, or on the first line with words; the rest is a native stack. */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher behindTraceback = ERROR.matcher(message);
        if (message.contains(TRACEBACK) && behindTraceback.find()) {
            return behindTraceback.group(1);
        }
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
    }
}
