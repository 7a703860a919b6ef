package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.OnnxSession;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.onnx.OnnxModel;
import org.sdescript.onnx.OnnxProgram;

/** Every operation as an ONNX model, in ONNX Runtime, against plain loops. */
@Tag("numbers")
class OnnxOperationsTest {
    /** No size of a case is a multiple. */
    private static final long BATCH = 997;

    @TestFactory
    Stream<DynamicTest> every_operation_has_the_type_and_values_of_plain_loops() {
        return Cases.all(7).stream()
                .filter(c -> !c.dividesWholeNumbersByZero())
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
    }

    private static void check(Cases.Case c) throws IOException {
        GraphBuilder builder = new GraphBuilder();
        Type samples = Type.tensor(DType.FLOAT32, Shape.of(BATCH, 1));
        builder.input(samples, null);
        List<OnnxProgram.Argument> arguments = new ArrayList<>(List.of(new OnnxProgram.Argument("samples", samples)));
        Map<String, OnnxSession.Values> inputs = new HashMap<>();
        inputs.put("samples", OnnxSession.Values.of(Shape.of(2, 1), 0, 0));
        List<Node> operands = new ArrayList<>();
        List<LoopReference.Values> values = new ArrayList<>();
        for (int i = 0; i < c.operands().size(); i++) {
            Type type = c.operands().get(i);
            operands.add(builder.input(type, null));
            arguments.add(new OnnxProgram.Argument("a" + i, type));
            inputs.put(
                    "a" + i,
                    new OnnxSession.Values(dtype(type), shape(type), c.values().get(i)));
            values.add(new LoopReference.Values(shape(type), c.values().get(i)));
        }
        Node result = builder.add(c.operation(), operands, null);
        Graph graph = builder.build(List.of(result));
        OnnxSession.Values actual = run(graph, arguments, inputs);

        assertThat(actual.dtype()).isEqualTo(dtype(result.type()));
        assertThat(actual.shape()).isEqualTo(shape(result.type()));
        double[] expected = LoopReference.evaluate(c.operation(), values, shape(result.type()))
                .elements();
        double tolerance = isSingle(c, result) ? 0x1p-23 : 0x1p-52;
        for (int i = 0; i < expected.length; i++) {
            double narrow = narrow(expected[i], actual.dtype());
            if (Double.isNaN(narrow) || Double.isInfinite(narrow)) {
                assertThat(Double.valueOf(actual.elements()[i])).isEqualTo(Double.valueOf(narrow));
            } else {
                // a few roundings, relative to the operands (at most 12) if the result is smaller
                assertThat(actual.elements()[i])
                        .isCloseTo(narrow, within(32 * tolerance * Math.max(12, Math.abs(narrow))));
            }
        }
    }

    private static OnnxSession.Values run(
            Graph graph, List<OnnxProgram.Argument> arguments, Map<String, OnnxSession.Values> inputs)
            throws IOException {
        OnnxProgram program = new OnnxProgram(
                "case",
                arguments,
                List.of("result"),
                List.of(new OnnxProgram.Way(graph, Map.of(), Map.of())),
                BATCH,
                Map.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OnnxModel.write(program, bytes);
        try (OnnxSession session = new OnnxSession(bytes.toByteArray())) {
            return session.run(inputs).get("result");
        }
    }

    /** True if ONNX Runtime computes in single precision: it has no double precision for some functions. */
    private static boolean isSingle(Cases.Case c, Node result) {
        return dtype(result.type()) == DType.FLOAT32
                || switch (c.operation()) {
                    case Operation.Conv2d convolution -> true;
                    case Operation.ConvTranspose2d convolution -> true;
                    case Operation.Unary(var function) ->
                        function == UnaryOperation.ATAN
                                || function == UnaryOperation.ERF
                                || function == UnaryOperation.GELU;
                    default -> false;
                };
    }

    private static double narrow(double value, DType dtype) {
        return switch (dtype) {
            case BOOL -> value != 0 ? 1 : 0;
            case INT64 -> (long) value;
            case FLOAT32 -> (float) value;
            case FLOAT64 -> value;
        };
    }

    private static DType dtype(Type type) {
        return type instanceof Type.TensorType(DType dtype, Shape shape) ? dtype : DType.FLOAT64;
    }

    private static Shape shape(Type type) {
        return type instanceof Type.TensorType(DType dtype, Shape shape) ? shape : Shape.SCALAR;
    }
}
