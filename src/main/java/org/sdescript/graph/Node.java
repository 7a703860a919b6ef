package org.sdescript.graph;

import java.util.List;
import java.util.Optional;
import org.sdescript.source.Span;

/** One operation of a graph with the nodes it reads. Compared by identity. */
public final class Node {
    private final int id;
    private final Operation operation;
    private final List<Node> inputs;
    private final Type type;
    private final Span span;

    Node(int id, Operation operation, List<Node> inputs, Type type, Span span) {
        this.id = id;
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        this.type = type;
        this.span = span;
    }

    /** The position in the order of construction; inputs have smaller ones. */
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

    /** The script's expression this node was traced from. */
    public Optional<Span> span() {
        return Optional.ofNullable(span);
    }

    public boolean isNumber() {
        return type instanceof Type.Scalar;
    }

    /** The shape of a tensor; a number has none, so asking is a fault of ours. */
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
