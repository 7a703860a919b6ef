package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Operand;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Graph;
import org.sdescript.graph.gradient.GraphDerivative;

/** The derivatives of one graph, each derived and compiled on first use. */
final class GraphDerivatives {
    private final Graph graph;
    private final Map<List<Integer>, By> backward = new HashMap<>();
    private final Map<List<Integer>, By> forward = new HashMap<>();

    GraphDerivatives(Graph graph) {
        this.graph = graph;
    }

    /**
     * Returns the derivatives by some of the inputs, which are floating tensors.
     *
     * @param forward true for products J v, false for products Jᵀ v
     */
    By by(List<Integer> inputs, boolean forward) {
        return (forward ? this.forward : backward).computeIfAbsent(inputs, its -> new By(its, forward));
    }

    /** A derivative of the graph, ready to run. */
    private record Compiled(GraphDerivative derivative, RunnableGraph program) {}

    /** The derivatives by some of the inputs. */
    final class By {
        private final List<Integer> inputs;
        private final List<Integer> dependent;
        private final boolean forward;
        private final Map<List<Integer>, Compiled> compiled = new HashMap<>();
        private @Nullable GraphDerivative whole;

        private By(List<Integer> inputs, boolean forward) {
            this.inputs = List.copyOf(inputs);
            this.forward = forward;
            this.dependent = GraphDerivative.dependent(graph, inputs);
        }

        /** Returns the positions of the outputs that depend on the inputs. */
        List<Integer> dependent() {
            return dependent;
        }

        /** Returns the positions of the inputs whose values a later derivative needs. */
        List<Integer> needed() {
            return whole().needed();
        }

        private GraphDerivative whole() {
            if (whole == null) {
                whole = derived(dependent);
            }
            return whole;
        }

        private GraphDerivative derived(List<Integer> of) {
            return forward ? GraphDerivative.forward(graph, inputs, of) : GraphDerivative.backward(graph, inputs, of);
        }

        private Compiled compiled(List<Integer> of, Backend backend) {
            return compiled.computeIfAbsent(of, outputs -> {
                GraphDerivative derivative = outputs.equals(dependent) ? whole() : derived(outputs);
                return new Compiled(derivative, RunnableGraph.of(derivative.graph(), ParameterInputs.NONE, backend));
            });
        }

        /**
         * Returns the cotangent of each input.
         *
         * @param of positions of outputs, a selection of the dependent ones
         * @param values a value for each needed input
         * @param cotangents one for each selected output
         * @param random the stream at the run of the graph, which is left as it is
         */
        List<Tensor> backward(
                List<Integer> of, List<Operand> values, List<Tensor> cotangents, RandomStream random, Runner runner) {
            return run(compiled(of, runner.backend()), values, cotangents, random, runner);
        }

        /** Returns the tangent of each dependent output, from a tangent for each input. */
        List<Tensor> forward(List<Operand> values, List<Tensor> tangents, RandomStream random, Runner runner) {
            return run(compiled(dependent, runner.backend()), values, tangents, random, runner);
        }

        private List<Tensor> run(
                Compiled compiled, List<Operand> values, List<Tensor> directions, RandomStream random, Runner runner) {
            List<Operand> given = new ArrayList<>();
            for (int input : compiled.derivative().needed()) {
                given.add(values.get(needed().indexOf(input)));
            }
            given.addAll(directions);
            List<Operand> outputs = compiled.program().run(given, random.copy(), runner.tapes());
            int products = compiled.derivative().products();
            outputs.subList(products, outputs.size()).forEach(draw -> ((Tensor) draw).close());
            return outputs.subList(0, products).stream().map(Tensor.class::cast).toList();
        }
    }

    /** The means of a derivative: the backend, and the tapes that record the run in turn. */
    record Runner(Backend backend, Tapes tapes) {}
}
