package org.sdescript.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/** The module that Python runs, of a network traced with a batch of 7. */
class ModuleSourceTest {
    private static final int BATCH = 7;
    private static final Attribute WEIGHT = new Attribute("weight", true, DType.FLOAT32, List.of(2L), new byte[8]);

    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(BATCH, 2)), null);
    private final Node t = graph.input(Type.tensor(DType.FLOAT32, Shape.of(BATCH)), null);
    private final Node weight = graph.input(Type.tensor(DType.FLOAT32, Shape.of(2)), null);

    @Test
    void arguments_are_passed_and_tensors_belong_to_the_module() {
        ModuleSource module = module(times(x, weight));

        assertThat(module.attributes()).containsExactly(WEIGHT);
        assertThat(module.text())
                .startsWith("class Kernel(Module):\n")
                .contains("__parameters__ = [\"weight\", ]", "__buffers__ = []", "  weight : Tensor\n")
                .contains(
                        "def forward(self: __torch__.Kernel, x: Tensor, t: Union[Tensor, float, int]) -> Tensor:",
                        "p0 = self.weight");
        assertThat(module(times(t, t)).text()).contains("given_t = torch.expand(torch.reshape(");
    }

    @Test
    void a_literal_is_a_buffer() {
        Node three = graph.add(new Operation.Literal(DType.FLOAT32, Shape.of(2), List.of(1.0, 3.0)), List.of(), null);
        ModuleSource module = module(times(times(x, weight), three));

        assertThat(module.attributes()).extracting(Attribute::isParameter).containsExactlyInAnyOrder(true, false);
        assertThat(module.text()).containsPattern("__buffers__ = \\[\"constant_\\d\", \\]");
    }

    @Test
    void the_batch_is_that_of_the_call_and_not_that_of_the_trace() {
        Node filled = graph.add(new Operation.Fill(DType.FLOAT32, Shape.of(BATCH, 2)), List.of(graph.number(1)), null);

        assertThat(module(times(times(x, weight), filled)).text())
                .contains("n0 = torch.size(x, 0)")
                .contains("[n0, 2]")
                .doesNotContain("[7");
    }

    @Test
    void a_network_that_draws_cannot_be_exported() {
        Node noise = graph.add(new Operation.RandomNormal(DType.FLOAT32, Shape.of(BATCH, 2)), List.of(), null);

        assertThat(ModuleSource.obstacle(noise.operation())).contains("it draws random numbers");
        assertThat(ModuleSource.obstacle(times(x, weight).operation())).isEmpty();
    }

    private Node times(Node a, Node b) {
        return graph.add(new Operation.Binary(BinaryOperation.MULTIPLY), List.of(a, b), null);
    }

    private ModuleSource module(Node output) {
        Graph network = graph.build(List.of(output));
        return ModuleSource.of(network, Map.of(0, "x", 1, "t"), Map.of(2, WEIGHT), BATCH);
    }
}
