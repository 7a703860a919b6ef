package org.sdescript.onnx;

import java.util.List;
import java.util.Map;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A traced function that becomes a model.
 *
 * @param name the name of the graph
 * @param arguments what a caller passes, in the order of the first inputs of each graph
 * @param results the names of the results
 * @param ways the graphs; a call runs the first whose conditions hold, or the last
 * @param batch the batch size of the trace, which divides no other size
 * @param metadata facts for a reader of the file, by key
 */
public record OnnxProgram(
        String name,
        List<Argument> arguments,
        List<String> results,
        List<Way> ways,
        long batch,
        Map<String, String> metadata) {
    public OnnxProgram {
        arguments = List.copyOf(arguments);
        results = List.copyOf(results);
        ways = List.copyOf(ways);
    }

    /**
     * An input that a caller passes. A number is float64 without axes. A vector with one element for each sample may
     * also have one element for all samples.
     */
    public record Argument(String name, Type type) {
        boolean isPerSample(long batch) {
            return type instanceof Type.TensorType(var dtype, var shape) && shape.equals(Shape.of(batch));
        }
    }

    /**
     * One way through the function.
     *
     * @param graph its first outputs are the results; further outputs may be numbers that decided a branch
     * @param tensors the inputs that are no arguments, by index
     * @param conditions the truth of further outputs on this way, by the index of the output
     */
    public record Way(Graph graph, Map<Integer, Initializer> tensors, Map<Integer, Boolean> conditions) {}
}
