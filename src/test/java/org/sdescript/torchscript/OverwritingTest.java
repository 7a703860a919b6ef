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
import org.sdescript.graph.UnaryOperation;

class OverwritingTest {
    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 3)), null);

    private Node exp(Node operand) {
        return add(new Operation.Unary(UnaryOperation.EXP), operand);
    }

    private Node silu(Node operand) {
        return add(new Operation.Unary(UnaryOperation.SILU), operand);
    }

    private Node sum(Node a, Node b) {
        return add(new Operation.Binary(BinaryOperation.ADD), a, b);
    }

    private Node add(Operation operation, Node... operands) {
        return graph.add(operation, List.of(operands), null);
    }

    private String kernel(Node... outputs) {
        return ScriptWriter.run(graph.build(List.of(outputs)), Map.of(), 0, ScriptTarget.CPU)
                .methods();
    }

    @Test
    void what_nothing_reads_later_is_written_over() {
        assertThat(kernel(silu(exp(x)))).contains("v0 = torch.exp(x0)", "v1 = torch.silu_(v0)");
    }

    @Test
    void the_second_term_of_a_sum_is_written_over_where_the_first_must_stay() {
        assertThat(kernel(sum(x, exp(x)))).contains("torch.add_(v0, x0)");
    }

    @Test
    void a_difference_is_not_turned_around() {
        Node difference = add(new Operation.Binary(BinaryOperation.SUBTRACT), x, exp(x));

        assertThat(kernel(difference)).contains("torch.sub(x0, v0)");
    }

    @Test
    void what_is_read_later_or_returned_stays() {
        Node early = exp(x);
        Node later = silu(early);

        assertThat(kernel(sum(later, early))).contains("v1 = torch.silu(v0)");
        assertThat(kernel(later, early)).contains("v1 = torch.silu(v0)");
    }

    @Test
    void what_a_view_shows_stays() {
        Node shown = exp(x);
        Node view = add(new Operation.Reshape(Shape.of(24)), shown);

        assertThat(kernel(view, silu(shown))).contains("torch.silu(v0)");
    }

    @Test
    void a_smaller_operand_has_no_room() {
        Node row = exp(graph.input(Type.tensor(DType.FLOAT32, Shape.of(1, 3)), null));

        assertThat(kernel(sum(row, x))).contains("torch.add(v0, x0)");
    }

    @Test
    void both_operands_alike_are_written_to_new_memory() {
        Node root = exp(x);

        assertThat(kernel(add(new Operation.Binary(BinaryOperation.MULTIPLY), root, root)))
                .contains("torch.mul(v0, v0)");
    }

    @Test
    void a_layer_is_summed_on_what_is_added_where_that_may_go_and_else_on_a_copy() {
        Node weight = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3, 3)), null);
        Node bias = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);
        Node around = exp(x);
        Node layer = add(new Operation.AddLinear(), x, weight, bias, around);

        assertThat(kernel(layer)).contains("torch.addmm_(torch.add_(v0, x2), x0, torch.t(x1))");
        assertThat(kernel(layer, silu(around))).contains("torch.addmm_(torch.add(v0, x2), x0, torch.t(x1))");
    }

    @Test
    void a_layer_of_what_is_added_to_it_reads_it_whole() {
        Node weight = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3, 3)), null);
        Node bias = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);
        Node around = exp(x);

        assertThat(kernel(add(new Operation.AddLinear(), around, weight, bias, around)))
                .contains("torch.addmm_(torch.add(v0, x2), v0, torch.t(x1))");
    }
}
