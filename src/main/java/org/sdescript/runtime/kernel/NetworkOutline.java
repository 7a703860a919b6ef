package org.sdescript.runtime.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.ShapeNotes;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** The layers of a network, from a trace that never runs: parameters have shapes and no memory. */
public final class NetworkOutline implements ParameterSource {

    /**
     * A layer or a network inside the outlined network.
     *
     * @param output the shape of the result, or its kind if the result is not a tensor
     * @param parameters the shapes of this part's own parameters, by name
     * @param parts the layers and networks called inside this part, in call order
     */
    public record Part(String name, String output, Map<String, Shape> parameters, List<Part> parts) {
        public Part {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            parts = List.copyOf(parts);
        }

        /** Returns the number of elements in the parameters of this part and its parts. */
        public long count() {
            return parameters.values().stream().mapToLong(Shape::elements).sum()
                    + parts.stream().mapToLong(Part::count).sum();
        }

        /** Returns the number of innermost parts. */
        public long layers() {
            return (parts.isEmpty() ? 1 : 0)
                    + parts.stream().mapToLong(Part::layers).sum();
        }
    }

    /** A part that has not returned yet. */
    private record Open(String name, Map<String, Shape> parameters, List<Part> parts) {
        Open(String name) {
            this(name, new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    private final Tensors tensors;
    private final Deque<Open> open = new ArrayDeque<>(List.of(new Open("")));

    NetworkOutline(Tensors tensors) {
        this.tensors = tensors;
    }

    /** Returns the outermost calls: one network, or the networks that a function combines. */
    public List<Part> parts() {
        return List.copyOf(open.getLast().parts());
    }

    /** Returns a placeholder for a tensor of this shape. */
    Value input(Shape shape, Span span) {
        return tensors.fill(Value.number(0), shape, span);
    }

    @Override
    public Value parameter(String path, Shape shape, InitialValues initial, Span span) {
        open.peek().parameters().put(path.substring(path.lastIndexOf('.') + 1), shape);
        return input(shape, span);
    }

    @Override
    public boolean isTraining() {
        return false;
    }

    @Override
    public void enter(String name) {
        open.push(new Open(name));
    }

    @Override
    public void leave(Value result) {
        Open done = open.pop();
        String output = ShapeNotes.shapeText(result, tensors).orElseGet(result::words);
        open.peek().parts().add(new Part(done.name(), output, done.parameters(), done.parts()));
    }
}
