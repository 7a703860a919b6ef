package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** A weighted mixture of normal laws. Its computations are in {@code stdlib/distributions.sde}. */
public final class MixtureValue implements Distribution, FieldTable.Owner {
    private static final FieldTable<MixtureValue> FIELDS = FieldTable.of(
            value("weights", MixtureValue::numbers),
            value("means", law -> law.each("mean")),
            value("stds", law -> law.each("std")),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), MixtureValue::logProbability),
            method(
                    "score",
                    List.of("process"),
                    (law, call) -> ExactScore.of(
                            law.mixed(law.under(call, Marginals::score), call), law, law.clean(call), call)),
            method("log_density", List.of("process"), MixtureValue::logDensity));

    private final List<Double> weights;
    private final List<Distribution> parts;
    private final Interpreter interpreter;

    /**
     * @param weights positive weights with sum 1
     * @param parts the component laws: all of a tensor, or all of the same states
     */
    public MixtureValue(List<Double> weights, List<Distribution> parts, Interpreter interpreter) {
        this.weights = List.copyOf(weights);
        this.parts = List.copyOf(parts);
        this.interpreter = interpreter;
    }

    public List<Double> weights() {
        return weights;
    }

    public List<Distribution> parts() {
        return parts;
    }

    @Override
    public String show() {
        return "mixture(weights = " + ValueText.show(numbers()) + ", means = " + ValueText.show(each("mean"))
                + ", stds = " + ValueText.show(each("std")) + ")";
    }

    @Override
    public List<Value> children() {
        return List.copyOf(parts);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public Shape components(Tensors tensors) {
        return Distribution.largest(parts.stream().map(part -> part.components(tensors)));
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        return interpreter.call(
                stdlib("mixture_sample"), span, FieldAccess.shape(shape), numbers(), Value.list(List.copyOf(parts)));
    }

    private Value logProbability(Call call) {
        return interpreter.call(
                stdlib("mixture_log_prob"), call.span(), call.value("x"), numbers(), Value.list(List.copyOf(parts)));
    }

    private Value logDensity(Call call) {
        return stdlib("mixture_log_density")
                .configured(Map.of("weights", numbers(), "densities", under(call, Marginals::logDensity)));
    }

    /**
     * Returns the average of the components' functions of x, weighted by the posterior probability of each component.
     */
    private Callable mixed(Value each, Call call) {
        return stdlib("mixture_score")
                .configured(
                        Map.of("weights", numbers(), "scores", each, "densities", under(call, Marginals::logDensity)));
    }

    /** Returns E[x(0) | x(t)], if every component has a single state. */
    private Optional<Callable> clean(Call call) {
        List<Value> each = parts.stream()
                .filter(NormalValue.class::isInstance)
                .map(part -> (Value) ((NormalValue) part).clean(call))
                .toList();
        return each.size() == parts.size() ? Optional.of(mixed(Value.list(each), call)) : Optional.empty();
    }

    private Value under(Call call, java.util.function.Function<Marginals, Value> of) {
        return Value.list(
                parts.stream().map(part -> of.apply(Marginals.of(part, call))).toList());
    }

    private Callable stdlib(String name) {
        return interpreter.library(name);
    }

    private Value numbers() {
        return Value.list(weights.stream().map(Value::number).toList());
    }

    private Value each(String field) {
        return Value.list(parts.stream().map(part -> part.field(field)).toList());
    }

    @Override
    public String toString() {
        return show();
    }
}
