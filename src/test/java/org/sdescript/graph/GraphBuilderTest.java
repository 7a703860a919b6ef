package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(2)), null);

    private Node unary(UnaryOperation function, Node operand) {
        return graph.add(new Operation.Unary(function), List.of(operand), null);
    }

    private Node binary(BinaryOperation function, Node left, Node right) {
        return graph.add(new Operation.Binary(function), List.of(left, right), null);
    }

    @Test
    void equal_formulas_are_one_node() {
        assertThat(unary(UnaryOperation.EXP, x)).isSameAs(unary(UnaryOperation.EXP, x));
        assertThat(graph.number(0.5)).isSameAs(graph.number(0.5));
        assertThat(graph.number(0.0)).isNotSameAs(graph.number(-0.0));
    }

    @Test
    void inputs_of_one_type_are_different_nodes() {
        assertThat(graph.input(x.type(), null)).isNotSameAs(x);
    }

    @Test
    void draws_are_never_one_node() {
        Operation draw = new Operation.RandomNormal(DType.FLOAT32, Shape.of(2));
        assertThat(graph.add(draw, List.of(), null)).isNotSameAs(graph.add(draw, List.of(), null));
    }

    @Test
    void arithmetic_between_known_numbers_is_done_at_once() {
        Node sum = binary(BinaryOperation.ADD, graph.number(2), unary(UnaryOperation.SQRT, graph.number(9)));
        assertThat(sum.operation()).isEqualTo(new Operation.Number(5));
    }

    @Test
    void only_what_the_outputs_need_is_kept() {
        Node kept = unary(UnaryOperation.EXP, x);
        unary(UnaryOperation.LOG, x);
        Graph built = graph.build(List.of(kept));
        assertThat(built.nodes()).containsExactly(x, kept);
        assertThat(built.dump()).isEqualTo("""
                        %0 : float32 [2] = input 0
                        %1 : float32 [2] = exp %0
                        return %1
                        """);
    }
}
