package org.sdescript.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;

/** A multilayer perceptron as a graph: inputs are data, targets, then weights and biases. */
final class PerceptronGraph {
    private PerceptronGraph() {}

    static Parameters parameters(Backend backend, int in, int hidden, int depth, int out) {
        Parameters parameters = new Parameters(backend);
        RandomStream random = new RandomStream(11);
        for (int layer = 0; layer <= depth; layer++) {
            int from = layer == 0 ? in : hidden;
            int to = layer == depth ? out : hidden;
            double[] normal = random.normal(Shape.of(to, from));
            float[] weight = new float[normal.length];
            for (int i = 0; i < weight.length; i++) {
                weight[i] = (float) (normal[i] / Math.sqrt(from));
            }
            parameters.create("dense_" + layer + ".weight", Shape.of(to, from), weight);
            parameters.create("dense_" + layer + ".bias", Shape.of(to), new float[to]);
        }
        return parameters;
    }

    /** The network's output, or with {@code loss} the mean squared distance to the targets. */
    static Graph mlp(Parameters parameters, int batch, int in, int out, boolean loss) {
        GraphBuilder graph = new GraphBuilder();
        Node h = graph.input(Type.tensor(DType.FLOAT32, Shape.of(batch, in)), null);
        Node target = loss ? graph.input(Type.tensor(DType.FLOAT32, Shape.of(batch, out)), null) : null;
        List<Node> tensors = new ArrayList<>();
        parameters.tensors().forEach(tensor -> tensors.add(graph.input(tensor.type(), null)));
        for (int i = 0; i < tensors.size(); i += 2) {
            h = graph.add(new Operation.Linear(), List.of(h, tensors.get(i), tensors.get(i + 1)), null);
            if (i + 2 < tensors.size()) {
                h = graph.add(new Operation.Unary(UnaryOperation.SILU), List.of(h), null);
            }
        }
        if (loss) {
            Node difference = graph.add(new Operation.Binary(BinaryOperation.SUBTRACT), List.of(h, target), null);
            Node square = graph.add(new Operation.Unary(UnaryOperation.SQUARE), List.of(difference), null);
            h = graph.add(new Operation.Reduce(Reduction.MEAN, List.of(0, 1), false), List.of(square), null);
        }
        return graph.build(List.of(h));
    }

    /** Training on the mean squared distance between a perceptron's output and targets, with two numbers in and out. */
    static TrainingStep training(Backend backend, Parameters parameters, int batch, OptimizerSettings settings) {
        return new TrainingStep(backend, mlp(parameters, batch, 2, 2, true), parameterInputs(parameters, 2), settings);
    }

    /** All parameters, as the inputs from index {@code first} on. */
    static ParameterInputs parameterInputs(Parameters parameters, int first) {
        Map<Integer, String> names = new HashMap<>();
        parameters.names().forEach(name -> names.put(first + names.size(), name));
        return new ParameterInputs(parameters, names);
    }

    static List<Operand> inputs(Parameters parameters, Tensor... data) {
        List<Operand> inputs = new ArrayList<>(List.of(data));
        inputs.addAll(parameters.tensors());
        return inputs;
    }
}
