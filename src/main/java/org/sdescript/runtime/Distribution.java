package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** A law that samples can be drawn from. */
public interface Distribution extends Value.Extension {
    @Override
    default String kind() {
        return "a distribution";
    }

    /** Draws of a shape, whose first axis counts samples; of a system a record with such a tensor for each state. */
    Value sample(Shape shape, Tensors tensors, Span span);

    /** The components that a law has of its own: [2] where a mean is of two numbers, none where one number stands for all. */
    Shape components(Tensors tensors);

    /** The shape that a call of {@code sample} asks for; a number n stands for n samples of the law's own components. */
    static Shape shape(Call call, Distribution law) {
        Shape given = call.shape("shape");
        if (call.value("shape") instanceof Value.ListValue) {
            return given;
        }
        List<Long> sizes = new ArrayList<>(given.sizes());
        sizes.addAll(law.components(call.tensors()).sizes());
        return new Shape(sizes);
    }

    /** Of several shapes the one with most axes. */
    static Shape largest(Stream<Shape> shapes) {
        return shapes.max(Comparator.comparingInt(Shape::rank).thenComparingLong(Shape::elements))
                .orElse(Shape.SCALAR);
    }
}
