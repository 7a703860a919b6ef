package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Signature;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * What a network's output means.
 *
 * @param score takes (process, output, x, t) to the score
 * @param input takes (process, x, t) to the two that the network is to see in the place of x and t
 */
record Prediction(Callable score, Optional<Callable> input) {
    /** What the functions of the standard library that make a score of a network's output are called. */
    private static final String PREDICTIONS = "score_from_";

    Prediction(Callable score) {
        this(score, Optional.empty());
    }

    /** The functions of the standard library that tell the expected data and noise of a network's output are called so. */
    private static final String EXPECTATIONS = "expected_from_";

    private static final Set<String> TELLING = Set.of("noise", "clean", "velocity");

    /** What a network predicts whose output is not to be made a score. */
    static final String OUTPUT = "output";

    /** What a call says in `predict`, or the usual where it says nothing. */
    static Prediction of(Call call, String usual) {
        Value given = call.value("predict");
        Value predict = given instanceof Callable rule
                        && rule.signature().variables().stream().noneMatch(Signature.Slot::isRequired)
                ? call.interpreter().call(rule, call.span())
                : given;
        return switch (predict) {
            case Callable own -> new Prediction(own);
            case Value.RecordValue(var fields) -> Prediction.of(fields, call.span());
            case Value.None none -> named(usual, call);
            default -> named(call.text("predict"), call);
        };
    }

    private static Prediction named(String name, Call call) {
        if (!(call.interpreter().root().find(PREDICTIONS + name) instanceof Callable known)) {
            throw call.diagnostic("E0804", "a network does not predict \"" + name + "\"")
                    .help(
                            "it predicts \"score\", \"noise\", \"clean\", \"velocity\" or \"output\"; or `predict = karras()`")
                    .raise();
        }
        return new Prediction(known);
    }

    /** Of a record {@code {score: …, input: …}}. */
    static Prediction of(Map<String, Value> fields, Span span) {
        Value given = new Value.RecordValue(fields);
        if (!(fields.get("score") instanceof Callable score)) {
            throw Convert.mismatch(given, "`predict` of train", WANTED, span);
        }
        return switch (fields.get("input")) {
            case null -> new Prediction(score);
            case Callable input -> new Prediction(score, Optional.of(input));
            default -> throw Convert.mismatch(given, "`predict` of train", WANTED, span);
        };
    }

    private static final String WANTED =
            "a function of (process, output, x, t), or a record of two, as `karras()` is: `score`, and `input` of (process, x,"
                    + " t)";

    /** Whether the model is to say what its network says. */
    boolean isOutput() {
        return score.signature().name().equals(PREDICTIONS + OUTPUT);
    }

    /** Whether the output with x tells the expected data and noise. */
    boolean tellsExpected() {
        return isNamed(score) && TELLING.contains(predicted());
    }

    /** Takes (process, output, x, t) to {clean, noise}. */
    Callable expected(Interpreter interpreter) {
        return (Callable) interpreter.root().find(EXPECTATIONS + predicted());
    }

    private String predicted() {
        return score.signature().name().substring(PREDICTIONS.length());
    }

    /** True for a function that `predict` can name by a word: those of the standard library that begin so. */
    static boolean isNamed(Callable callable) {
        return callable.signature().name().startsWith(PREDICTIONS);
    }

    /** Whether it is known to take an output of the shape of x. */
    boolean isStandard() {
        return input.isPresent() || isNamed(score);
    }

    List<Value> children() {
        return Stream.concat(Stream.of(score), input.stream())
                .map(Value.class::cast)
                .toList();
    }
}
