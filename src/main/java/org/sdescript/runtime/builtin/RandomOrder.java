package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** {@code shuffle} and {@code randint}: random whole numbers from the run's stream. */
public final class RandomOrder implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.TENSORS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("shuffle", "x")
                        .onHost()
                        .doc("The elements of a list, the rows of a tensor, or the samples of a data set with their"
                                + " labels, in random order. The order depends on the run's seed (`set(seed = 1)`). x itself"
                                + " stays unchanged.")
                        .example("print(sorted(shuffle(1..5)))  # [1, 2, 3, 4, 5]")
                        .is(RandomOrder::shuffled),
                Builtin.named("randint", "a", "b")
                        .optional("shape", Value.None.NONE)
                        .wants("a", ParameterType.number(NumberRange.WHOLE))
                        .wants("b", ParameterType.number(NumberRange.WHOLE))
                        .doc(
                                "Whole numbers from a to b, all equally likely and both ends included, as in the range a..b."
                                        + " Returns one number, or a tensor of the given shape. `randint(1, 6)` throws a die; NumPy and"
                                        + " PyTorch leave b out.")
                        .example("x = randint(1, 6, [1000])\nprint(min(x), max(x))  # 1 6")
                        .is(RandomOrder::wholeNumbers));
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
