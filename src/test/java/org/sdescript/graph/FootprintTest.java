package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** x has 8·3 float32, so each result of its size takes 96 bytes. */
class FootprintTest {
    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 3)), null);

    private Node exp(Node operand) {
        return graph.add(new Operation.Unary(UnaryOperation.EXP), List.of(operand), null);
    }

    private Node sum(Node operand) {
        return graph.add(new Operation.Reduce(Reduction.SUM, List.of(0), false), List.of(operand), null);
    }

    @Test
    void a_result_is_freed_after_its_last_use() {
        Graph chain = graph.build(List.of(exp(exp(exp(x)))));

        assertThat(Footprint.peak(chain).bytes()).isEqualTo(2 * 96);
    }

    @Test
    void an_output_is_never_freed() {
        Node first = exp(x);
        Graph chain = graph.build(List.of(first, exp(exp(first))));

        assertThat(Footprint.peak(chain).bytes()).isEqualTo(3 * 96);
    }

    @Test
    void gradients_take_twice_the_largest_result_beside_all_results() {
        Node large = exp(x);
        Node small = sum(large);
        Footprint total = Footprint.total(graph.build(List.of(small)));

        assertThat(total.largest()).isSameAs(large);
        assertThat(total.bytes()).isEqualTo(96 + 3 * 4 + 2 * 96);
    }

    @Test
    void inputs_and_views_take_nothing() {
        Node view = graph.add(new Operation.Reshape(Shape.of(24)), List.of(x), null);
        Graph only = graph.build(List.of(view));

        assertThat(Footprint.total(only)).isEqualTo(new Footprint(0, null));
        assertThat(Footprint.holder(view)).isSameAs(x);
        assertThat(Footprint.holder(exp(x))).isNotSameAs(x);
    }
}
