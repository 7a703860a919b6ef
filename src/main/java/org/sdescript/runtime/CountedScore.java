package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * A score that counts its evaluations and checks that its results have the shape of x.
 *
 * @param scoreSources the sources of the score; empty if they have already been checked
 */
public record CountedScore(Callable score, List<ScoreSource> scoreSources) implements Callable {

    @Override
    public SlotTable signature() {
        return score.signature();
    }

    @Override
    public Map<String, Value> configuration() {
        return score.configuration();
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return new CountedScore(score.configured(given), scoreSources);
    }

    @Override
    public Callable conditioned(Value given, Interpreter interpreter, Span span) {
        return new CountedScore(score.conditioned(given, interpreter, span), scoreSources);
    }

    @Override
    public Optional<Value> ownProcess() {
        return score.ownProcess();
    }

    /** Empty if the score has already been checked: its process has the parameters. */
    @Override
    public List<Callable> calledScores() {
        return scoreSources.isEmpty() ? List.of() : score.calledScores();
    }

    @Override
    public Optional<Shape> sampleShape() {
        return score.sampleShape();
    }

    @Override
    public Optional<Callable> expected() {
        return score.expected().map(known -> counted("expected", known));
    }

    @Override
    public Optional<Callable> velocity() {
        return score.velocity().map(known -> counted("velocity", known));
    }

    private static Callable counted(String name, Callable known) {
        return Builtin.named(name, "x", "t").is(call -> {
            count(call.interpreter());
            return call.interpreter().call(known, call.span(), call.value("x"), call.value("t"));
        });
    }

    private static void count(Interpreter interpreter) {
        Tracer tracer = interpreter.tracer();
        if (tracer == null) {
            interpreter.session().sampling().countEvaluations(1);
        } else {
            tracer.countEvaluation();
        }
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        count(interpreter);
        Value result = score.invoke(interpreter, binding, arguments);
        return arguments.positional().isEmpty()
                ? result
                : ShapeChecks.ofScore(
                        score, result, arguments.positional().getFirst(), interpreter.tensors(), arguments.span());
    }

    @Override
    public List<Value> children() {
        return List.of(score);
    }

    @Override
    public String show() {
        return score.show();
    }
}
