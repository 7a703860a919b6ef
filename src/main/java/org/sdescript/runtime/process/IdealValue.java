package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The law of a set of samples, each with the same probability. The law has no density, but a linear process gives its
 * marginals one; see {@link IdealMarginals}.
 *
 * @param data the samples [N, …], one at least
 */
public record IdealValue(Value data) implements Distribution, FieldTable.Owner {
    private static final FieldTable<IdealValue> FIELDS = FieldTable.of(
            value("data", IdealValue::data),
            value("sample", Distribution::sampler),
            method("score", List.of("process"), (law, call) -> IdealMarginals.of(law, call)
                    .exactScore(call)),
            method("log_density", List.of("process"), (law, call) -> IdealMarginals.of(law, call)
                    .logDensity()));

    @Override
    public String show() {
        return "ideal(data)";
    }

    @Override
    public List<Value> children() {
        return List.of(data);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public Shape components(Tensors tensors) {
        Shape shape = tensors.shape(data);
        return new Shape(shape.sizes().subList(1, shape.rank()));
    }

    /** Draws rows of the data, each draw from all rows. */
    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        Shape components = components(tensors);
        if (shape.rank() == 0 || !shape.sizes().subList(1, shape.rank()).equals(components.sizes())) {
            throw unfit(shape, components, span);
        }
        // 53 bits, so that the product never rounds up to the number of rows
        Value unit = tensors.apply(new Operation.RandomUniform(DType.FLOAT64, Shape.of(shape.size(0))), span);
        Value count = Value.number(tensors.shape(data).size(0));
        Value place =
                tensors.unary(UnaryOperation.FLOOR, tensors.binary(BinaryOperation.MULTIPLY, unit, count, span), span);
        return tensors.gather(data, 0, tensors.cast(place, DType.INT64, span), span);
    }

    static RuntimeException unfit(Shape samples, Shape components, Span span) {
        return Diagnostic.error(
                        "E0534",
                        span,
                        "the data of the law are of shape " + components + ", and the samples are " + samples)
                .help("samples are a batch of the data's shape: [n, …]")
                .raise();
    }

    @Override
    public String toString() {
        return show();
    }
}
