package org.sdescript.runtime.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A process beside a score whose conditions may be parameters of the process.
 *
 * @param given the process of a call
 * @param own the parameters that the score's conditions give
 */
public record ConditionedProcess(
        ProcessValue given, Callable score, Map<String, Value> own, Interpreter interpreter, Span span) {
    public static ConditionedProcess of(ProcessValue given, Callable score, Interpreter interpreter, Span span) {
        Map<String, Value> own = new LinkedHashMap<>();
        for (Callable called : score.calledScores()) {
            called.processParameters(interpreter.tensors(), span).forEach((name, value) -> {
                Value other = own.put(name, value);
                if (other != null && !other.equals(value)) {
                    throw Diagnostic.error(
                                    "E0822",
                                    span,
                                    "the score is made of scores with different values of `" + name
                                            + "`, a parameter of the process")
                            .help("bind it once, before: `v = model(" + name + " = …)`")
                            .raise();
                }
            });
        }
        return new ConditionedProcess(given, score, own, interpreter, span);
    }

    /** Returns the process with the parameters that are conditions of the score. */
    public ProcessValue process() {
        if (own.isEmpty()) {
            return given;
        }
        Map<String, Optional<Value>> parameters = new LinkedHashMap<>();
        own.forEach((name, value) -> parameters.put(name, Optional.of(value)));
        return given.withParameters(parameters, interpreter, span);
    }

    /** Throws if the score belongs to another process; parameters that are conditions may differ. */
    public void requireSame(Span place) {
        ProcessValue compared = given;
        Optional<ProcessValue> known = score.calledScores().stream()
                .flatMap(called -> called.ownProcess().stream())
                .map(ProcessValue.class::cast)
                .findFirst();
        if (!own.isEmpty() && known.isPresent()) {
            Map<String, Value> trained =
                    known.get().origin().map(Callable::configuration).orElse(Map.of());
            Map<String, Optional<Value>> parameters = new LinkedHashMap<>();
            own.keySet().forEach(name -> parameters.put(name, Optional.ofNullable(trained.get(name))));
            compared = given.withParameters(parameters, interpreter, span);
        }
        ScoreSource.requireSame(compared.process(), score, place);
    }
}
