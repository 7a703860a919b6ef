package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;
import static org.sdescript.runtime.ValueArithmetic.binary;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.process.TransitionSteps;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** The joint normal law of a system's states, independent and identical for every component of the data. */
final class StatesNormalValue implements Distribution, Explainable, FieldTable.Owner {
    private static final FieldTable<StatesNormalValue> FIELDS = FieldTable.of(
            value("mean", law -> law.record(i -> Value.number(law.mean[i]))),
            value(
                    "cov",
                    law -> Value.list(
                            Arrays.stream(law.covariance).map(Value::numbers).toList())),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), StatesNormalValue::logProbability));

    private final List<String> states;
    private final double[] mean;
    private final double[][] covariance;
    private final Gaussian law;
    private final Process process;

    StatesNormalValue(List<String> states, Gaussian gaussian, Process process) {
        this.states = List.copyOf(states);
        FollowedParameters.refuse(gaussian, process);
        SeveralNumbers.refuse(gaussian, "the prior of " + process.name() + ", of several states,");
        this.mean = gaussian.meanValues();
        this.covariance = gaussian.covarianceValues();
        this.law = gaussian;
        this.process = process;
    }

    @Override
    public String show() {
        return law.toString();
    }

    @Override
    public String latex() {
        return law.latex();
    }

    @Override
    public Explanation explanation() {
        return TransitionSteps.prior(process);
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(Recipe.field(ProcessValue.of(process), "prior"));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private double[][] factor() {
        return new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance), 1e-10, 0)
                .getL()
                .getData();
    }

    @Override
    public Shape components(Tensors tensors) {
        return Shape.SCALAR;
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        List<Value> noise = IntStream.range(0, states.size())
                .mapToObj(i -> tensors.normal(shape, span))
                .toList();
        double[][] factor = factor();
        return record(i -> {
            Value total = Value.number(mean[i]);
            for (int j = 0; j <= i; j++) {
                total = binary(
                        BinaryOperator.ADD,
                        total,
                        binary(BinaryOperator.MULTIPLY, Value.number(factor[i][j]), noise.get(j), tensors, span),
                        tensors,
                        span);
            }
            return total;
        });
    }

    /**
     * Returns the log density in nats, summed over the components of a sample: −½ |L⁻¹(x − m)|² − log det L − ½ n log
     * 2π for each component.
     */
    private Value logProbability(Call call) {
        double[][] factor = factor();
        Value[] whitened = new Value[states.size()];
        Value total = Value.number(0);
        double constant = -0.5 * states.size() * Math.log(2 * Math.PI);
        Tensors tensors = call.tensors();
        Span span = call.span();
        for (int i = 0; i < states.size(); i++) {
            Value rest =
                    binary(BinaryOperator.SUBTRACT, given(call, states.get(i)), Value.number(mean[i]), tensors, span);
            for (int j = 0; j < i; j++) {
                Value known = binary(BinaryOperator.MULTIPLY, Value.number(factor[i][j]), whitened[j], tensors, span);
                rest = binary(BinaryOperator.SUBTRACT, rest, known, tensors, span);
            }
            whitened[i] = binary(BinaryOperator.DIVIDE, rest, Value.number(factor[i][i]), tensors, span);
            Value square = binary(BinaryOperator.MULTIPLY, whitened[i], whitened[i], tensors, span);
            total = binary(BinaryOperator.ADD, total, square, tensors, span);
            constant -= Math.log(factor[i][i]);
        }
        Value density = binary(
                BinaryOperator.ADD,
                binary(BinaryOperator.MULTIPLY, Value.number(-0.5), total, tensors, span),
                Value.number(constant),
                tensors,
                span);
        int rank = tensors.shape(density).rank();
        return tensors.reduce(
                Reduction.SUM, density, IntStream.range(1, rank).boxed().toList(), false, span);
    }

    private Value given(Call call, String state) {
        if (call.value("x") instanceof Value.RecordValue(var fields) && fields.get(state) instanceof Value value) {
            return call.tensors().require(value, "the state `" + state + "`", call.span());
        }
        throw Coercion.mismatch(
                call.value("x"), "`x` of log_prob", "a record of the states " + String.join(", ", states), call.span());
    }

    private Value record(java.util.function.IntFunction<Value> of) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < states.size(); i++) {
            fields.put(states.get(i), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }

    @Override
    public String toString() {
        return show();
    }
}
