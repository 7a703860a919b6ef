package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.display.MessageJson;

/**
 * The error that ended a cell.
 *
 * @param name the code of the first error, or a name such as {@code KeyboardInterrupt}
 * @param value the message in a line
 * @param traceback the error as it is drawn, with the escape sequences of colours
 */
record Failure(String name, String value, List<String> traceback) {
    static final Failure INTERRUPTED = new Failure("KeyboardInterrupt", "interrupted", List.of("interrupted"));

    private static final Renderer COLOURED = new Renderer(true);

    Failure {
        traceback = List.copyOf(traceback);
    }

    static Failure of(List<Diagnostic> errors) {
        List<String> drawn = new ArrayList<>();
        errors.forEach(error -> drawn.add(COLOURED.render(error).stripTrailing()));
        drawn.add("more on this: explain "
                + errors.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" ")));
        return new Failure(
                errors.getFirst().code(),
                errors.stream().map(Diagnostic::message).collect(Collectors.joining("; ")),
                drawn);
    }

    /** A mistake outside of the language, such as an unknown command. */
    static Failure of(String message) {
        return new Failure("Mistake", message, List.of(message));
    }

    static Failure bug(Throwable fault) {
        String value = String.valueOf(fault);
        return new Failure(
                "bug in sde",
                value,
                List.of(
                        "bug in sde: " + value,
                        "This is not your fault. Please report it with what the cell holds, and the output of the same"
                                + " lines at `sde repl --debug`."));
    }

    /** This failure, followed by another of the same cell. */
    Failure and(Failure next) {
        List<String> all = new ArrayList<>(traceback);
        all.addAll(next.traceback);
        return new Failure(name, value, all);
    }

    ObjectNode content() {
        ObjectNode content = MessageJson.object().put("ename", name).put("evalue", value);
        traceback.forEach(content.putArray("traceback")::add);
        return content;
    }
}
