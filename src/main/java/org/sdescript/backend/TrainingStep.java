package org.sdescript.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.graph.Graph;

/**
 * Training of parameters by steps: loss, gradients, clipping by the global norm, Adam, averages of the parameters. A
 * step whose loss or gradient is not finite changes nothing.
 */
public final class TrainingStep implements AutoCloseable {
    private final AdamState state;
    private final OptimizerStep descent;

    /**
     * @param loss a graph whose first output is the loss
     * @param inputs the inputs of the graph that are trained parameters
     */
    public TrainingStep(Backend backend, Graph loss, ParameterInputs inputs, OptimizerSettings settings) {
        Parameters parameters = Objects.requireNonNull(inputs.owner());
        this.state = new AdamState(backend, parameters, settings);
        this.descent = switch (Backend.isForeign(loss) ? Execution.EAGER : backend.execution()) {
            case TORCHSCRIPT -> new ScriptOptimizerStep(backend, settings, state, loss, inputs);
            case EAGER -> new EagerOptimizerStep(backend, parameters, settings, state, backend.eager(loss));
        };
    }

    /**
     * Updates the parameters.
     *
     * @param inputs values of the graph's inputs
     */
    public StepOutcome run(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        StepOutcome outcome = descent.step(inputs, random, learningRate);
        if (outcome.isFinite()) {
            state.record(outcome);
        }
        return outcome;
    }

    /** The number of steps that changed the parameters. */
    public long steps() {
        return state.losses().size();
    }

    /** The losses of these steps, including those of a resumed training: a view that later steps extend. */
    public List<Double> losses() {
        return state.losses();
    }

    /** The norms of the gradients of these steps, before clipping; nan for steps of files of version 0.1. A view. */
    public List<Double> gradientNorms() {
        return state.gradientNorms();
    }

    /**
     * The first average of the parameters, or the parameters themselves if no average is kept. The result lives as long as
     * this object.
     */
    public Parameters average() {
        return state.emaParameters();
    }

    /**
     * Copies of all averages, or of the parameters if no average is kept, each as one vector of all parameters end to
     * end.
     */
    public List<Tensor> copiesOfAverages() {
        return state.copiesOfAverages();
    }

    /**
     * Writes everything that the next step needs: parameters, averages, the optimiser's moments, losses and norms of
     * gradients.
     *
     * @param more further tensors for the file, by names that this class does not use
     */
    public void save(Path file, Map<String, Tensor> more) {
        state.save(file, more);
    }

    /** Restores the saved state; a failure changes nothing. Returns the further tensors, which the caller owns. */
    public Map<String, Tensor> load(Path file) {
        return state.load(file);
    }

    @Override
    public void close() {
        state.close();
    }
}
