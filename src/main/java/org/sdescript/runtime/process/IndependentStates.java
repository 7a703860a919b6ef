package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FieldTable;
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
public record IndependentStates(Map<String, NormalValue> laws) implements Distribution, FieldTable.Owner {
    private static final FieldTable<IndependentStates> FIELDS = FieldTable.of(
            value("mean", law -> law.each(NormalValue::mean)),
            value("std", law -> law.each(NormalValue::std)),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), IndependentStates::logProbability),
            method(
                    "score",
                    List.of("process"),
                    (law, call) -> ExactScore.of(Marginals.of(law, call).score(), law, call)),
            method("log_density", List.of("process"), (law, call) -> Marginals.of(law, call)
                    .logDensity()));

    public IndependentStates {
        laws = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(laws));
    }

    @Override
    public String show() {
        return "normal(mean = " + ValueText.show(each(NormalValue::mean)) + ", std = "
                + ValueText.show(each(NormalValue::std)) + ")";
    }

    @Override
    public List<Value> children() {
        return List.copyOf(laws.values());
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
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
            Value x = call.tensors()
                    .require(Objects.requireNonNull(states.get(state)), "the state `" + state + "`", call.span());
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
