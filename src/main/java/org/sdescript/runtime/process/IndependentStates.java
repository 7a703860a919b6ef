package org.sdescript.runtime.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/**
 * Independent normal laws of the states of a system: {@code normal(mean = {x: 1, v: 0}, std = {x: 0.5, v: 0.2})}.
 *
 * @param laws the law of each state, in order
 */
public record IndependentStates(Map<String, NormalValue> laws) implements Distribution {
    private static final List<String> FIELDS = List.of("mean", "std", "sample", "log_prob", "score", "log_density");

    public IndependentStates {
        laws = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(laws));
    }

    @Override
    public String show() {
        return "normal(mean = " + ValueText.show(each(NormalValue::mean)) + ", std = "
                + ValueText.show(each(NormalValue::std)) + ")";
    }

    @Override
    public List<String> fieldNames() {
        return FIELDS;
    }

    @Override
    public List<Value> children() {
        return List.copyOf(laws.values());
    }

    @Override
    public Value field(String name) {
        return switch (name) {
            case "mean" -> each(NormalValue::mean);
            case "std" -> each(NormalValue::std);
            case "sample" ->
                Builtin.named("sample", "shape")
                        .is(call -> sample(Distribution.shape(call, this), call.tensors(), call.span()));
            case "log_prob" -> Builtin.named("log_prob", "x").is(this::logProbability);
            case "score" ->
                Builtin.named("score", "process")
                        .is(call -> ExactScore.of(Marginals.of(this, call).score(), this, call));
            case "log_density" ->
                Builtin.named("log_density", "process")
                        .is(call -> Marginals.of(this, call).logDensity());
            default -> null;
        };
    }

    @Override
    public Shape components(Tensors tensors) {
        return Distribution.largest(laws.values().stream().map(law -> law.components(tensors)));
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        return each(law -> law.sample(shape, tensors, span));
    }

    private Value logProbability(Call call) {
        if (!(call.value("x") instanceof Value.RecordValue(var states)
                && states.keySet().equals(laws.keySet()))) {
            throw Coercion.mismatch(
                    call.value("x"),
                    "`x` of log_prob",
                    "a record of the states " + String.join(", ", laws.keySet()),
                    call.span());
        }
        Value total = Value.number(0);
        for (String state : laws.keySet()) {
            Value x = call.tensors().require(states.get(state), "the state `" + state + "`", call.span());
            total = ValueArithmetic.binary(
                    BinaryOperator.ADD, total, laws.get(state).logProbability(x, call), call.tensors(), call.span());
        }
        return total;
    }

    private Value each(Function<NormalValue, Value> of) {
        Map<String, Value> fields = new LinkedHashMap<>();
        laws.forEach((state, law) -> fields.put(state, of.apply(law)));
        return new Value.RecordValue(fields);
    }

    @Override
    public String toString() {
        return show();
    }
}
