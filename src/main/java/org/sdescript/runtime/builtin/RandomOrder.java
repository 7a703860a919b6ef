package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.Map;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** {@code shuffle} and {@code randint}: random whole numbers from the run's stream. */
public final class RandomOrder implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("shuffle", Builtin.onHost(RandomOrder::shuffled)),
                Map.entry("randint", RandomOrder::wholeNumbers));
    }

    private static Value shuffled(Call call) {
        Tensors tensors = call.tensors();
        if (call.value("x") instanceof Value.ListValue(var elements)) {
            return Value.list(Arrays.stream(call.session().sampling().random().permutation(elements.size()))
                    .mapToObj(elements::get)
                    .toList());
        }
        Value x = call.value("x");
        if (!Tensors.isTensor(x) || tensors.shape(x).rank() == 0) {
            throw Coercion.mismatch(x, "`x` of shuffle", "a list, a tensor or a data set", call.place("x"));
        }
        int[] order = call.session()
                .sampling()
                .random()
                .permutation(Math.toIntExact(tensors.shape(x).size(0)));
        Value positions = tensors.literal(
                DType.INT64,
                Shape.of(order.length),
                Arrays.stream(order).asDoubleStream().toArray(),
                call.span());
        return x instanceof Sliceable data
                ? data.select(rows -> tensors.gather(rows, 0, positions, call.span()))
                : tensors.gather(call.tensor("x"), 0, positions, call.span());
    }

    /**
     * Returns ⌊u (b − a + 1)⌋ + a for u in [0, 1) with 53 bits in any precision of the run, so that the product never
     * rounds up to the bound.
     */
    private static Value wholeNumbers(Call call) {
        int from = call.integer("a");
        int to = call.integer("b");
        if (to < from) {
            throw call.diagnostic("E0421", "randint from " + from + " to " + to + " has no number to draw")
                    .help("the smaller number comes first: `randint(1, 6)`")
                    .raise();
        }
        boolean one = call.given("shape").isEmpty();
        Shape shape = one ? Shape.SCALAR : call.shape("shape");
        Tensors tensors = call.tensors();
        Value unit = tensors.apply(new Operation.RandomUniform(DType.FLOAT64, shape), call.span());
        Value count = Value.number((double) to - from + 1);
        Value place = tensors.unary(
                UnaryOperation.FLOOR, tensors.binary(BinaryOperation.MULTIPLY, unit, count, call.span()), call.span());
        Value drawn = tensors.cast(
                tensors.binary(BinaryOperation.ADD, place, Value.number(from), call.span()), DType.INT64, call.span());
        return one && drawn instanceof Value.TensorValue(var tensor) ? Value.number(tensor.item()) : drawn;
    }
}
