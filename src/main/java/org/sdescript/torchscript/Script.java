package org.sdescript.torchscript;

import java.util.List;
import java.util.Optional;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;

/**
 * A graph as a method of TorchScript and what is to be given to it. The text does not depend on the size of the batch nor on what the
 * numbers are, so that graphs of the same form share one module.
 *
 * @param methods the text of the module's methods
 * @param given inputs of the graph that come first in the list x
 * @param literals tensors after them in x
 * @param draws of random numbers, whose values come last in x
 * @param numbers whose values make the list c
 * @param sizes the list n
 * @param lines the node that each line of the source was written for, null for others
 */
public record Script(
        String methods,
        List<Integer> given,
        List<Operation.Literal> literals,
        List<Node> draws,
        List<Number> numbers,
        List<Long> sizes,
        List<Node> lines) {

    /** A host number, and the dtype of the tensors that it meets. */
    public record Number(Node node, DType beside) {}

    /** The node that a line of the source, counted from 1, computes. */
    public Optional<Node> node(int line) {
        return line >= 1 && line <= lines.size() ? Optional.ofNullable(lines.get(line - 1)) : Optional.empty();
    }
}
