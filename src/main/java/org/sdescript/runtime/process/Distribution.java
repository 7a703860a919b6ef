package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** A law with a sampler. */
public interface Distribution extends Value.Extension {
    @Override
    default Kind kind() {
        return Kind.DISTRIBUTION;
    }

    /**
     * Draws samples of a shape, whose first axis counts samples; for a system, a record with one such tensor per
     * state.
     */
    Value sample(Shape shape, Tensors tensors, Span span);

    /**
     * Returns the shape of one sample of the law: [2] for a mean of two numbers, scalar if one number stands for all.
     */
    Shape components(Tensors tensors);

    /** Returns the field {@code sample} of the law. */
    static Builtin sampler(Distribution law) {
        return Builtin.named("sample", "shape").is(call -> law.sample(shape(call, law), call.tensors(), call.span()));
    }

    /** Returns the shape argument of {@code sample}; a number n means n samples in the law's own component shape. */
    private static Shape shape(Call call, Distribution law) {
        Shape given = call.shape("shape");
        if (call.value("shape") instanceof Value.ListValue) {
            return given;
        }
        List<Long> sizes = new ArrayList<>(given.sizes());
        sizes.addAll(law.components(call.tensors()).sizes());
        return new Shape(sizes);
    }

    /** Returns the shape with the most axes, then the most elements. */
    static Shape largest(Stream<Shape> shapes) {
        return shapes.max(Comparator.comparingInt(Shape::rank).thenComparingLong(Shape::elements))
                .orElse(Shape.SCALAR);
    }
}
