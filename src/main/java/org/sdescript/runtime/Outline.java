package org.sdescript.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** The layers of a network, from a trace that never runs: its parameters have shapes and no memory. */
public final class Outline implements ParameterSource {

    /**
     * A layer or network in it.
     *
     * @param output the shape of its result, or what else it is
     * @param parameters its own, by name
     * @param parts what is called in it, in that order
     */
    public record Part(String name, String output, Map<String, Shape> parameters, List<Part> parts) {
        public Part {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            parts = List.copyOf(parts);
        }

        /** How many numbers its parameters and those of its parts have. */
        public long count() {
            return parameters.values().stream().mapToLong(Shape::elements).sum()
                    + parts.stream().mapToLong(Part::count).sum();
        }

        /** How many of it and its parts have parameters of their own, or no parts. */
        public long layers() {
            return (parts.isEmpty() ? 1 : 0)
                    + parts.stream().mapToLong(Part::layers).sum();
        }
    }

    /** A part whose result is not there yet. */
    private record Open(String name, Map<String, Shape> parameters, List<Part> parts) {
        Open(String name) {
            this(name, new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    private final Tensors tensors;
    private final Deque<Open> open = new ArrayDeque<>(List.of(new Open("")));

    Outline(Tensors tensors) {
        this.tensors = tensors;
    }

    /** What was called outermost: one network, or those that a function combines. */
    public List<Part> parts() {
        return List.copyOf(open.getLast().parts());
    }

    /** Stands for a tensor of a shape. */
    Value input(Shape shape, Span span) {
        return tensors.fill(Value.number(0), shape, span);
    }

    @Override
    public Value parameter(String path, Shape shape, Initial initial, Span span) {
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
        String output = ShapeNotes.shapeText(result, tensors).orElseGet(result::kind);
        open.peek().parts().add(new Part(done.name(), output, done.parameters(), done.parts()));
    }
}
