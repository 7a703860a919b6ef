package org.sdescript.torchscript;

import java.util.List;
import java.util.Optional;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;

/**
 * A graph as a TorchScript method, with its arguments. The text depends neither on the batch size nor on the values of
 * numbers, so that graphs of the same form share one module.
 *
 * @param methods the text of the module's methods
 * @param given the inputs of the graph that come first in the list x
 * @param literals the tensors that follow in x
 * @param draws the random draws, whose values come last in x
 * @param numbers the numbers whose values form the list c
 * @param sizes the list n
 * @param lines the node of each source line, null for other lines
 */
public record ScriptMethod(
        String methods,
        List<Integer> given,
        List<Operation.Literal> literals,
        List<Node> draws,
        List<Number> numbers,
        List<Long> sizes,
        List<Node> lines) {

    /** A host number, and the dtype of the tensors that it meets. */
    public record Number(Node node, DType beside) {}

    /** Returns the node that a source line, counted from 1, computes. */
    public Optional<Node> node(int line) {
        return line >= 1 && line <= lines.size() ? Optional.ofNullable(lines.get(line - 1)) : Optional.empty();
    }
}
