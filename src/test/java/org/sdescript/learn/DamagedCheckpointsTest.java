package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.DamagedFiles;
import org.sdescript.Refusal;
import org.sdescript.SafetensorsFiles;
import org.sdescript.api.Sde;
import org.sdescript.api.SdeRun;
import org.sdescript.backend.AverageDecay;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Execution;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.TrainingStep;
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

/**
 * Damaged checkpoints and models as `train` and `load` take them: a training goes on from a state that was written, bit for bit,
 * or says that there is none. See {@link DamagedFiles} for the long run.
 */
class DamagedCheckpointsTest {
    private static final AverageDecay AVERAGE = AverageDecay.constant(0.5);
    private static final OptimizerSettings SETTINGS = OptimizerSettings.ADAM.averages(AVERAGE);

    @TempDir
    Path folder;

    private final Backend backend = Backend.open("cpu", 1, Execution.TORCHSCRIPT);
    private final Parameters parameters = new Parameters(backend);
    private TrainingStep step;
    private TrainingState training;
    private Path checkpoint;
    private Path state;
    private byte[] first;
    private byte[] second;

    @BeforeEach
    void states_of_two_steps() throws IOException {
        parameters.create("w", DType.FLOAT32, Shape.of(2, 3), new double[] {1, -2, 3, 0.5, 0, 7});
        parameters.create("b", DType.FLOAT32, Shape.of(3), new double[] {4, 5, 6});
        step = new TrainingStep(backend, squares(), new ParameterInputs(parameters, Map.of(0, "w", 1, "b")), SETTINGS);
        training = new TrainingState(backend, step, new Averaging(List.of(AVERAGE), List.of(), 0));
        checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        state = checkpoint.resolve("state.safetensors");
        first = next();
        second = next();
    }

    @AfterEach
    void close() {
        training.close();
        step.close();
        parameters.close();
        backend.close();
    }

    /** loss = Σ w² + Σ b² */
    private static Graph squares() {
        GraphBuilder graph = new GraphBuilder();
        Node w = sum(graph, graph.input(Type.tensor(DType.FLOAT32, Shape.of(2, 3)), null), List.of(0, 1));
        Node b = sum(graph, graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null), List.of(0));
        return graph.build(List.of(graph.add(new Operation.Binary(BinaryOperation.ADD), List.of(w, b), null)));
    }

    private static Node sum(GraphBuilder graph, Node x, List<Integer> axes) {
        Node square = graph.add(new Operation.Unary(UnaryOperation.SQUARE), List.of(x), null);
        return graph.add(new Operation.Reduce(Reduction.SUM, axes, false), List.of(square), null);
    }

    /** The file after one more step. */
    private byte[] next() throws IOException {
        step.run(parameters.tensors(), new RandomStream(1), 0.1);
        training.report(0.1, 1.0 / step.steps());
        training.save(state);
        return Files.readAllBytes(state);
    }

    @Test
    void a_damaged_state_is_not_gone_on_from_but_the_one_before_it() throws Exception {
        DamagedFiles.areToldOrRead("state", folder, List.of(second, first), Set.of(), file -> {
            Files.write(checkpoint.resolve("state.previous.safetensors"), first);
            assertThat(resumed(file)).isIn(first, second);
        });
    }

    @Test
    void a_damaged_state_alone_is_gone_on_from_as_it_was_written_or_refused() throws Exception {
        Set<String> codes = Set.of("E0906", "E0907", "E0908");
        DamagedFiles.areToldOrRead("alone", folder, List.of(second, first), codes, file -> assertThat(resumed(file))
                .isIn(first, second));
    }

    /** Its sum is what tells, so a state without one is none of ours. */
    @Test
    void a_state_whose_sum_was_taken_away_is_refused() throws IOException {
        SafetensorsFiles.header(state, header -> {});

        assertThatThrownBy(() -> training.load(state)).satisfies(Refusal.with("E0906"));
    }

    @Test
    void a_damaged_model_is_refused_or_loaded() throws Exception {
        String script = """
                save(train(mlp(hidden = 4, depth = 1), moons(8), VP(), steps = 1, batch = 8), "one.safetensors")
                save(train(unet(base = 4), glyphs(4, size = 8), VE(), steps = 1, batch = 4), "two.safetensors")
                fn again() {
                  score = load("%s")
                  return len(score.losses)
                }
                """.formatted(folder.resolve("damaged.model"));
        try (SdeRun run = Sde.of(script).folder(folder).threads(1).run()) {
            List<byte[]> valid = List.of(
                    Files.readAllBytes(folder.resolve("one.safetensors")),
                    Files.readAllBytes(folder.resolve("two.safetensors")));
            Set<String> codes = Set.of("E0870", "E0871", "E0873", "E0906", "E0907");
            DamagedFiles.areToldOrRead("model", folder, valid, codes, file -> assertThat(run.call("again"))
                    .isEqualTo(1.0));
        }
    }

    /** Step 2 is no multiple of 1000, so the state is saved only when a minute is over, and the training resumes from it. */
    @Test
    void a_state_that_is_saved_because_of_the_time_is_resumed() throws IOException {
        AtomicLong seconds = new AtomicLong();
        Checkpoints checkpoints = new Checkpoints(
                checkpoint,
                checkpoint,
                new CheckpointInterval(1000, () -> TimeUnit.SECONDS.toNanos(seconds.get())),
                true,
                true);
        Files.delete(state);

        checkpoints.afterStep(training, false);
        assertThat(state).doesNotExist();
        seconds.set(60);
        checkpoints.afterStep(training, false);

        assertThat(resumed(state)).isEqualTo(second);
    }

    /** Returns the state of the training after it resumed from the file. */
    private byte[] resumed(Path file) throws IOException {
        if (!file.equals(state)) {
            Files.copy(file, state, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        new Checkpoints(checkpoint, checkpoint, new CheckpointInterval(1), true, true).resume(training);
        Path again = folder.resolve("again.safetensors");
        training.save(again);
        return Files.readAllBytes(again);
    }
}
