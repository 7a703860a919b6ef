package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Type;
import org.sdescript.runtime.ShapeNotes;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Fits the direction v of a derivative to the value whose structure v must have: a number may stand for a tensor.
 *
 * @param span the source of the operations that reshape v
 */
record DirectionFit(Tensors tensors, Span span) {

    /**
     * Returns the numbers and tensors of v in the order of the form's; throws if v has another structure.
     *
     * @param place the span of v in the script
     */
    List<Value> of(Value given, Value form, Span place) {
        List<Value> leaves = new ArrayList<>();
        fit(given, form, leaves, place);
        return leaves;
    }

    private void fit(Value given, Value form, List<Value> leaves, Span place) {
        switch (form) {
            case Value.ListValue(var elements)
            when given instanceof Value.ListValue(var its) && its.size() == elements.size() -> {
                for (int i = 0; i < elements.size(); i++) {
                    fit(its.get(i), elements.get(i), leaves, place);
                }
            }
            case Value.RecordValue(var fields)
            when given instanceof Value.RecordValue(var its) && its.keySet().equals(fields.keySet()) ->
                fields.forEach((name, field) -> fit(Objects.requireNonNull(its.get(name)), field, leaves, place));
            case Value leaf when isLeaf(leaf) && isLeaf(given) -> leaves.add(fitted(given, leaf, place));
            default -> throw unfit(given, form, place);
        }
    }

    private static boolean isLeaf(Value value) {
        return value instanceof Value.Num || value instanceof Value.TensorLike || value instanceof TensorSource;
    }

    private Value fitted(Value given, Value leaf, Span place) {
        if (!Tensors.isTensor(given)) {
            return given;
        }
        boolean single = !Tensors.isTensor(leaf) && tensors.shape(given).elements() == 1;
        if (!single && !tensors.shape(given).equals(tensors.shape(leaf))) {
            throw unfit(given, leaf, place);
        }
        Value shaped = tensors.reshape(given, tensors.shape(leaf), span);
        return tensors.type(leaf) instanceof Type.TensorType(DType dtype, var shape)
                ? tensors.cast(shaped, dtype, span)
                : shaped;
    }

    private RuntimeException unfit(Value given, Value form, Span place) {
        return Diagnostic.error("E0551", place, "`v` is " + told(given) + " where " + told(form) + " is needed")
                .note("jvp(f, x, v) takes v of the form of x, vjp(f, x, v) one of the form of f(x)")
                .help("`ones(x.shape)` and `randn_like(x)` are of the shape of x; a number stands for all elements")
                .raise();
    }

    private String told(Value value) {
        return ShapeNotes.shapeText(value, tensors).orElseGet(value::words);
    }
}
