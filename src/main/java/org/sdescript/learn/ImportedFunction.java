package org.sdescript.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.backend.ForeignModule;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The module of an imported network as a function of (x, t) and, if it takes them, labels and conditions.
 *
 * @param conditions the further arguments of the module, in order
 */
record ImportedFunction(ForeignModule module, List<TrainedCondition> conditions) implements Callable {
    ImportedFunction {
        conditions = List.copyOf(conditions);
    }

    @Override
    public SlotTable signature() {
        List<SlotTable.Slot> variables = new ArrayList<>();
        variables.add(new SlotTable.Slot("x", SlotTable.Fallback.REQUIRED));
        variables.add(new SlotTable.Slot("t", SlotTable.Fallback.REQUIRED));
        conditions.forEach(each -> variables.add(new SlotTable.Slot(each.name(), SlotTable.Fallback.REQUIRED)));
        return new SlotTable("imported", variables, List.of(), false);
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    /** Calls the network in single precision, which PyTorch modules expect, for any precision of the run. */
    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Tensors tensors = interpreter.tensors();
        Span span = arguments.span();
        Value x = given(binding, "x");
        DType precision = tensors.type(x) instanceof Type.TensorType(DType dtype, var shape) ? dtype : DType.FLOAT32;
        List<Value> inputs = new ArrayList<>();
        inputs.add(tensors.cast(x, DType.FLOAT32, span));
        inputs.add(tensors.cast(given(binding, "t"), DType.FLOAT32, span));
        conditions.forEach(each -> inputs.add(
                tensors.cast(given(binding, each.name()), each.isWhole() ? DType.INT64 : DType.FLOAT32, span)));
        Value output = tensors.apply(new Operation.Foreign(module), span, inputs.toArray(Value[]::new));
        return tensors.cast(output, precision, span);
    }

    private static Value given(ArgumentBinding binding, String slot) {
        return Objects.requireNonNull(binding.given().get(slot));
    }

    @Override
    public String toString() {
        return show();
    }
}
