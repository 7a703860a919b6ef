package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/** Running kernels and steps for long takes no more memory than running them for a short time. */
class KernelLifetimesTest {
    /** Smaller than the smallest block of the C library, so that a leak of one block per call is detected. */
    private static final int BYTES_A_CALL = 16;

    /** Less than the native memory that one forgotten array keeps: its header, its shape and a block of 64 bytes. */
    private static final int BYTES_AN_ARRAY = 100;

    /**
     * The JVM and its compilers allocate native memory, too, and the collector frees that of earlier tests, so single
     * rounds grow and shrink; a leak is in every round, and so in the median.
     */
    private static final int ROUNDS = 7;

    /**
     * On a slow machine the compilers are at work during most of the first rounds. So the last seven of up to so many
     * rounds count: a leak stays in the median of any seven in a row, the compilers come to an end.
     */
    private static final int MOST_ROUNDS = 60;

    private final Backend backend = BackendFixture.backend(Execution.TORCHSCRIPT);

    @Test
    void kernel_calls_forget_nothing() {
        CompiledGraph kernel = backend.compile(noisy(), ParameterInputs.NONE);
        RandomStream random = new RandomStream(1);
        try (Tensor x = backend.tensor(Shape.of(8, 2), new float[16])) {
            assertFlat(backend, 20_000, BYTES_A_CALL, () -> {
                List<Operand> inputs = List.of(x, new Operand.Number(0.5));
                kernel.run(inputs, random).forEach(KernelLifetimesTest::close);
            });
        }
    }

    /** Results dropped without closing are left to the garbage collector. */
    @Test
    void results_that_are_dropped_are_freed() throws InterruptedException {
        CompiledGraph kernel = backend.compile(noisy(), ParameterInputs.NONE);
        RandomStream random = new RandomStream(1);
        try (Tensor x = backend.tensor(Shape.of(8, 2), new float[16])) {
            int tensors = backend.liveTensors();
            int arrays = backend.attachedArrays();
            for (int i = 0; i < 5_000; i++) {
                kernel.run(List.of(x, new Operand.Number(0.5)), random);
            }
            for (int i = 0; i < 500 && backend.liveTensors() + backend.attachedArrays() > tensors + arrays; i++) {
                System.gc();
                Thread.sleep(10); // the collector enqueues references on its own thread
            }
            assertThat(backend.liveTensors()).isLessThanOrEqualTo(tensors);
            assertThat(backend.attachedArrays()).isLessThanOrEqualTo(arrays);
        }
    }

    @Test
    void reading_what_does_not_lie_in_one_piece_forgets_nothing() {
        try (Tensor x = backend.tensor(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
                Tensor columns =
                        (Tensor) backend.apply(new Operation.Permute(List.of(1, 0)), List.of(x), new RandomStream(1))) {
            int arrays = backend.attachedArrays();

            assertThat(columns.toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(columns.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(columns.toBytes()).hasSize(24).endsWith(0, 0, 0xC0, 0x40);
            assertThat(backend.attachedArrays()).isEqualTo(arrays);
        }
    }

    @Test
    void training_steps_forget_nothing() {
        RandomStream random = new RandomStream(1);
        OptimizerSettings settings =
                OptimizerSettings.ADAM.clip(1).averages(AverageDecay.constant(0.9), AverageDecay.constant(0.5));
        try (Parameters net = PerceptronGraph.parameters(backend, 2, 4, 1, 2);
                Tensor x = backend.tensor(Shape.of(8, 2), new float[16]);
                TrainingStep step = PerceptronGraph.training(backend, net, 8, settings)) {
            assertFlat(backend, 3_000, BYTES_A_CALL, () -> step.run(PerceptronGraph.inputs(net, x, x), random, 1e-3));
        }
    }

    @Test
    void training_steps_without_a_script_forget_nothing() {
        Backend eager = BackendFixture.backend(Execution.EAGER);
        RandomStream random = new RandomStream(1);
        OptimizerSettings settings =
                OptimizerSettings.ADAM.clip(1).averages(AverageDecay.constant(0.9), AverageDecay.constant(0.5));
        try (Parameters net = PerceptronGraph.parameters(eager, 2, 4, 1, 2);
                Tensor x = eager.tensor(Shape.of(8, 2), new float[16]);
                TrainingStep step = PerceptronGraph.training(eager, net, 8, settings)) {
            assertFlat(eager, 500, BYTES_AN_ARRAY, () -> step.run(PerceptronGraph.inputs(net, x, x), random, 1e-3));
        }
    }

    /** z + c x for noise z, x itself, and a number. */
    private static Graph noisy() {
        GraphBuilder graph = new GraphBuilder();
        Node x = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 2)), null);
        Node c = graph.input(Type.NUMBER, null);
        Node z = graph.add(new Operation.RandomNormal(DType.FLOAT32, Shape.of(8, 2)), List.of(), null);
        Node scaled = graph.add(new Operation.Binary(BinaryOperation.MULTIPLY), List.of(c, x), null);
        Node sum = graph.add(new Operation.Binary(BinaryOperation.ADD), List.of(scaled, z), null);
        return graph.build(List.of(sum, x, graph.add(new Operation.Binary(BinaryOperation.ADD), List.of(c, c), null)));
    }

    private static void close(Operand result) {
        if (result instanceof Tensor tensor) {
            tensor.close();
        }
    }

    private static void assertFlat(Backend backend, int calls, int bytesACall, Runnable call) {
        assumeThat(NativeHeap.bytes())
                .as("the C library tells how much it has handed out")
                .isPresent();
        repeat(calls, call);
        int tensors = backend.liveTensors();
        int arrays = backend.attachedArrays();
        int modules = backend.modules().count();
        long most = (long) calls * bytesACall;
        long[] growth = new long[ROUNDS];
        for (int round = 0; round < ROUNDS || round < MOST_ROUNDS && median(growth) >= most; round++) {
            long before = NativeHeap.bytes().getAsLong();
            repeat(calls, call);
            growth[round % ROUNDS] = NativeHeap.bytes().getAsLong() - before;
        }

        assertThat(backend.liveTensors()).as("tensors").isLessThanOrEqualTo(tensors);
        assertThat(backend.attachedArrays()).as("arrays").isLessThanOrEqualTo(arrays);
        assertThat(backend.modules().count()).as("modules").isLessThanOrEqualTo(modules);
        assertThat(median(growth)).as("bytes in %d calls", calls).isLessThan(most);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
