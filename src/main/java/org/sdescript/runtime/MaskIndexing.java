package org.sdescript.runtime;

import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/**
 * Indexing by truth values, {@code x[x > 0]}. The number of selected elements depends on the mask's values, so the
 * values must be known: a kernel, whose shapes are fixed when it is traced, refuses a mask that the kernel computes.
 */
final class MaskIndexing {
    private MaskIndexing() {}

    static boolean isMask(Value value, Tensors tensors) {
        return value instanceof Value.ListValue(var elements)
                ? !elements.isEmpty() && elements.stream().allMatch(Value.Bool.class::isInstance)
                : value instanceof Value.TensorLike
                        && tensors.type(value) instanceof Type.TensorType(DType dtype, Shape shape)
                        && dtype == DType.BOOL;
    }

    static Shape shape(Value mask, Tensors tensors) {
        return mask instanceof Value.ListValue(var elements) ? Shape.of(elements.size()) : tensors.shape(mask);
    }

    /** Returns the positions of the true elements, in row-major order over all axes. */
    static Value positions(Value mask, Tensors tensors, Span place) {
        double[] truths =
                switch (mask) {
                    case Value.ListValue(var elements) ->
                        elements.stream()
                                .mapToDouble(each -> each == Value.Bool.TRUE ? 1 : 0)
                                .toArray();
                    case Value.TensorValue(var tensor) -> tensor.toDoubles();
                    default -> throw unknownInKernel(place);
                };
        double[] holding = IntStream.range(0, truths.length)
                .filter(i -> truths[i] != 0)
                .mapToDouble(i -> i)
                .toArray();
        return tensors.literal(DType.INT64, Shape.of(holding.length), holding, place);
    }

    private static RuntimeException unknownInKernel(Span place) {
        return Diagnostic.error("E0452", place, "a kernel cannot choose elements by a mask that it computes")
                .note("their number would depend on values, but shapes in a kernel are fixed")
                .help("`where(mask, x, 0)` keeps the shape; or index before the kernel is called")
                .raise();
    }

    /** Throws if the mask does not have one truth value for each entry of an axis. */
    static void refuseOtherLength(Shape mask, long size, String what, Span place) {
        if (mask.rank() != 1 || mask.size(0) != size) {
            throw Diagnostic.error(
                            "E0508", place, "a mask of shape " + mask + " does not fit " + what + " of length " + size)
                    .help(
                            mask.rank() == 1
                                    ? "a mask has one truth value for each entry"
                                    : "a mask of several axes must be the only subscript: `x[mask]`")
                    .raise();
        }
    }

    /** Selects the elements of a mask over the first axes of a tensor; one axis replaces the masked axes. */
    static Value elements(Value tensor, Value mask, Tensors tensors, Span place) {
        Shape shape = tensors.shape(tensor);
        Shape over = shape(mask, tensors);
        int axes = over.rank();
        if (axes > shape.rank() || !shape.sizes().subList(0, axes).equals(over.sizes())) {
            throw Diagnostic.error(
                            "E0508", place, "a mask of shape " + over + " does not fit a tensor of shape " + shape)
                    .help("a mask has the tensor's shape, or that of its first axes")
                    .raise();
        }
        List<Long> sizes = new java.util.ArrayList<>(List.of(over.elements()));
        sizes.addAll(shape.sizes().subList(axes, shape.rank()));
        Value flat = tensors.reshape(tensor, new Shape(sizes), place);
        return tensors.gather(flat, 0, positions(mask, tensors, place), place);
    }
}
