package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The meaning of a network's output.
 *
 * @param score a function from (process, output, x, t) to the score
 * @param input a function from (process, x, t) to the network's two inputs in place of x and t
 */
record Prediction(Callable score, Optional<Callable> input) {
    /** Name prefix of the standard library's functions that convert an output to a score. */
    private static final String PREDICTIONS = "score_from_";

    Prediction(Callable score) {
        this(score, Optional.empty());
    }

    /** Name prefix of the standard library's functions that convert an output to the expected data and noise. */
    private static final String EXPECTATIONS = "expected_from_";

    private static final Set<String> TELLING = Set.of("noise", "clean", "velocity");

    /** The prediction of the velocity of a path between two laws. */
    static final String DRIFT = "drift";

    /** The prediction of the velocity and the noise of a path, by two copies of the network. */
    static final String BOTH = "both";

    /** The predictions for paths between two laws. */
    static final Set<String> OF_PATHS = Set.of(DRIFT, BOTH);

    /** The prediction of a network whose output is not converted to a score. */
    static final String OUTPUT = "output";

    /** Returns the prediction given by `predict`, or the default. */
    static Prediction of(Call call, String usual) {
        Value given = call.value("predict");
        Value predict = given instanceof Callable rule
                        && rule.signature().variables().stream().noneMatch(SlotTable.Slot::isRequired)
                ? call.interpreter().call(rule, call.span())
                : given;
        return switch (predict) {
            case Callable own -> new Prediction(own);
            case Value.RecordValue(var fields) -> Prediction.of(fields, call.span());
            case Value.None none -> named(usual, call.interpreter());
            default -> named(call.text("predict"), call.interpreter());
        };
    }

    private static Prediction named(String name, Interpreter interpreter) {
        return new Prediction(interpreter.library(PREDICTIONS + name));
    }

    /** Reads a record {@code {score: …, input: …}}. */
    static Prediction of(Map<String, Value> fields, Span span) {
        Value given = new Value.RecordValue(fields);
        if (!(fields.get("score") instanceof Callable score)) {
            throw Coercion.mismatch(given, "`predict` of train", WANTED, span);
        }
        return switch (fields.get("input")) {
            case null -> new Prediction(score);
            case Callable input -> new Prediction(score, Optional.of(input));
            default -> throw Coercion.mismatch(given, "`predict` of train", WANTED, span);
        };
    }

    private static final String WANTED =
            "a function of (process, output, x, t), or a record of two, as `karras()` is: `score`, and `input` of (process, x,"
                    + " t)";

    /** True if the model returns the network's output unchanged. */
    boolean isOutput() {
        return score.signature().name().equals(PREDICTIONS + OUTPUT);
    }

    /** True if the output and x determine the expected data and noise. */
    boolean tellsExpected() {
        return isNamed(score) && TELLING.contains(predicted());
    }

    /** Returns the function from (process, output, x, t) to {clean, noise}. */
    Callable expected(Interpreter interpreter) {
        return interpreter.library(EXPECTATIONS + predicted());
    }

    /** Returns what a network tells of a path: the drift, the noise or both. */
    String ofPath(Span span) {
        String told = isNamed(score) ? predicted() : "";
        if (!OF_PATHS.contains(told) && !told.equals("noise")) {
            throw Diagnostic.error(
                            "E0683",
                            span,
                            "a network tells the drift of a path, its noise, or both, and not what `predict` says")
                    .help("give `predict = \"drift\"`, `\"noise\"` or `\"both\"`, or leave it out")
                    .raise();
        }
        return told;
    }

    /** True if two copies of the network tell the velocity and the noise of a path. */
    boolean isOfBoth() {
        return isNamed(score) && predicted().equals(BOTH);
    }

    /** True if the output tells the velocity of a path. */
    boolean tellsDrift() {
        return isNamed(score) && OF_PATHS.contains(predicted());
    }

    boolean isDriftAlone() {
        return isNamed(score) && predicted().equals(DRIFT);
    }

    private String predicted() {
        return score.signature().name().substring(PREDICTIONS.length());
    }

    /** True for a function of the standard library that `predict` can name. */
    static boolean isNamed(Callable callable) {
        return callable.signature().name().startsWith(PREDICTIONS);
    }

    /** True if the score function takes an output in the shape of x. */
    boolean isStandard() {
        return input.isPresent() || isNamed(score);
    }

    List<Value> children() {
        return Stream.concat(Stream.of(score), input.stream())
                .map(Value.class::cast)
                .toList();
    }
}
