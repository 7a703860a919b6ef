package org.sdescript.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

class ScriptWriterTest {
    private static final String TO_GPU = "x1 = torch.to(x1, torch.device(\"cuda:0\"), ops.prim.dtype(x1))";

    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 3)), null);

    private Node noisy() {
        Node noise = graph.add(new Operation.RandomNormal(DType.FLOAT32, Shape.of(8, 3)), List.of(), null);
        return graph.add(new Operation.Binary(BinaryOperation.ADD), List.of(x, noise), null);
    }

    private ScriptMethod script(Node output, ScriptTarget target) {
        return ScriptWriter.run(graph.build(List.of(output)), Map.of(), 0, target);
    }

    @Test
    void random_numbers_are_moved_to_the_gpu_and_only_there() {
        Node output = noisy();

        assertThat(script(output, new ScriptTarget("cuda:0", false)).methods()).contains(TO_GPU);
        assertThat(script(output, ScriptTarget.CPU).methods()).doesNotContain("torch.to(");
    }

    @Test
    void a_size_of_the_batch_is_passed_with_each_call() {
        Node wide = graph.add(new Operation.Fill(DType.FLOAT32, Shape.of(8, 5)), List.of(graph.number(1)), null);
        Node output = graph.add(new Operation.Concat(1), List.of(x, wide), null);
        ScriptMethod script = script(output, ScriptTarget.CPU);

        assertThat(script.methods()).contains("n0").doesNotContain("[8, 5]");
    }

    @Test
    void a_size_that_no_tensor_of_the_call_has_is_written_as_a_number() {
        Node wide = graph.add(new Operation.Fill(DType.FLOAT32, Shape.of(7, 3)), List.of(graph.number(1)), null);
        Node output = graph.add(new Operation.Concat(0), List.of(x, wide), null);

        assertThat(script(output, ScriptTarget.CPU).methods()).contains("[7, 3]");
    }
}
