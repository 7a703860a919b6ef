package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** {@code any} and {@code all}: the maximum and the minimum of truth values. */
final class BooleanReductions {
    private BooleanReductions() {}

    static Value reduced(Call call, Reduction extremum) {
        boolean whole = call.given("axis").isEmpty() && !call.isTrue("keep");
        return whole
                        && call.value("x") instanceof Value.ListValue(var elements)
                        && elements.stream().allMatch(Value.Bool.class::isInstance)
                ? ofList(call, elements, extremum)
                : ofMask(call, extremum);
    }

    private static Value ofList(Call call, List<Value> elements, Reduction extremum) {
        Stream<Boolean> truths = elements.stream().map(element -> ((Value.Bool) element).value());
        return Value.Bool.of(
                extremum == Reduction.MAX
                        ? truths.anyMatch(Boolean::booleanValue)
                        : truths.allMatch(Boolean::booleanValue));
    }

    private static Value ofMask(Call call, Reduction extremum) {
        Tensors tensors = call.tensors();
        Value mask = call.value("x");
        if (!Tensors.isTensor(mask) || !isMask(tensors.type(mask))) {
            String wanted = "a mask such as `x > 0`, or a list of true and false without `axis`";
            throw Coercion.mismatch(mask, "`x` of " + call.name(), wanted, call.span());
        }
        List<Integer> axes =
                tensors.axes(call.value("axis"), tensors.shape(mask).rank(), call.span());
        Value numbers = tensors.cast(mask, tensors.precision(), call.span());
        Value most = tensors.reduce(extremum, numbers, axes, call.isTrue("keep"), call.span());
        return tensors.binary(BinaryOperation.GREATER, most, Value.number(0), call.span());
    }

    private static boolean isMask(Type type) {
        return type instanceof Type.TensorType(var dtype, var shape) && dtype == DType.BOOL;
    }
}
