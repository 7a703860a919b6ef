package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.DType;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/** A kernel of many operations needs no more memory than its footprint says. */
class EagerKernelTest {
    private final Backend backend = BackendFixture.backend(Execution.EAGER);

    @Test
    void an_operation_frees_all_that_it_makes_beside_its_result() {
        for (Cases.Case c : Cases.all(7)) {
            if (c.dividesWholeNumbersByZero()) {
                continue;
            }
            GraphBuilder graph = new GraphBuilder();
            List<Node> inputs =
                    c.operands().stream().map(type -> graph.input(type, null)).toList();
            EagerKernel kernel = (EagerKernel)
                    backend.compile(graph.build(List.of(graph.add(c.operation(), inputs, null))), ParameterInputs.NONE);
            List<Operand> operands = new ArrayList<>();
            for (int i = 0; i < c.operands().size(); i++) {
                operands.add(operand(c.operands().get(i), c.values().get(i)));
            }
            try (PtNDManager scope = backend.scope()) {
                kernel.execute(scope, operands, new RandomStream(1));

                assertThat(scope.getManagedArrays()).as("%s", c).hasSizeLessThanOrEqualTo(operands.size() + 1);
            }
            operands.forEach(EagerKernelTest::close);
        }
    }

    private Operand operand(Type type, double[] values) {
        return switch (type) {
            case Type.Scalar s -> new Operand.Number(values[0]);
            case Type.TensorType(DType dtype, Shape shape) -> backend.tensor(dtype, shape, values);
        };
    }

    private static void close(Operand operand) {
        if (operand instanceof Tensor tensor) {
            tensor.close();
        }
    }
}
