package org.sdescript.graph;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.source.Span;

/** One operation of a graph with its input nodes. Compared by identity. */
public final class Node {
    private final int id;
    private final Operation operation;
    private final List<Node> inputs;
    private final Type type;
    private final @Nullable Span span;

    Node(int id, Operation operation, List<Node> inputs, Type type, @Nullable Span span) {
        this.id = id;
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        this.type = type;
        this.span = span;
    }

    /** Returns the position in the order of construction; inputs have smaller ids. */
    public int id() {
        return id;
    }

    public Operation operation() {
        return operation;
    }

    public List<Node> inputs() {
        return inputs;
    }

    public Type type() {
        return type;
    }

    /** Returns the script expression that the node was traced from. */
    public Optional<Span> span() {
        return Optional.ofNullable(span);
    }

    public boolean isNumber() {
        return type instanceof Type.Scalar;
    }

    /** Returns the shape of a tensor; calling this for a number is a bug in sde. */
    public Shape shape() {
        return ((Type.TensorType) type).shape();
    }

    public DType dtype() {
        return ((Type.TensorType) type).dtype();
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
