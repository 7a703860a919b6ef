package org.sdescript.backend;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.source.Span;

/** Translates errors of the engine into diagnostics about the script. */
final class NativeFailure {
    private static final String TRACEBACK = "Traceback of TorchScript";
    private static final Pattern ERROR = Pattern.compile("(?m)^\\w*Error: (.*)$");

    private NativeFailure() {}

    /**
     * The error of the operation that the engine refused. An index out of range is a user's mistake: indices of a
     * kernel are known only when it runs.
     */
    static SdeError of(EngineException failure, Node node) {
        Span span = node.span().orElse(null);
        if (node.operation() instanceof Operation.Gather(int axis)
                && firstLine(failure).contains("index")) {
            long size = node.inputs().getFirst().shape().size(axis);
            Diagnostic outside =
                    Diagnostic.error("E0409", span, "an index is outside of axis " + axis + " of length " + size);
            return new SdeError(outside.help("indices go from 0 to " + (size - 1)), failure);
        }
        return isOfMemory(failure)
                ? MemoryLimit.exhausted(failure, words(failure), node)
                : fault(failure, span, "the engine cannot compute this " + node.type(), operands(node));
    }

    static SdeError of(EngineException failure, String otherwise) {
        return isOfMemory(failure)
                ? MemoryLimit.exhausted(failure, words(failure), null)
                : fault(failure, null, otherwise, List.of());
    }

    private static boolean isOfMemory(EngineException failure) {
        String words = words(failure);
        return words.contains("out of memory") || words.contains("can't allocate memory");
    }

    private static List<String> operands(Node node) {
        String types =
                node.inputs().stream().map(input -> input.type().toString()).collect(Collectors.joining(" and "));
        return types.isEmpty() ? List.of() : List.of("it is " + node.operation().words() + " of " + types);
    }

    private static SdeError fault(EngineException failure, @Nullable Span span, String message, List<String> notes) {
        Diagnostic told = Diagnostic.error("E0903", span, message);
        for (String note : notes) {
            told = told.note(note);
        }
        Diagnostic diagnostic = told.note(
                        "sde accepts only what the engine can compute, so this is a fault of sde, not of the"
                                + " script")
                .help("please report it with the script and the output of `--debug`, which contains the engine's"
                        + " message");
        return new SdeError(diagnostic, failure);
    }

    private static String words(EngineException failure) {
        return String.valueOf(failure.getMessage());
    }

    /**
     * The cause: the text behind a script's traceback, or the first line with words; the rest is a native stack trace.
     */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher behindTraceback = ERROR.matcher(message);
        if (message.contains(TRACEBACK) && behindTraceback.find()) {
            return behindTraceback.group(1);
        }
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
    }
}
