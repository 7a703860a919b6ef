package org.sdescript.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.sdescript.graph.Graph;

/**
 * Training of parameters by steps: loss, gradients, clipping by the global norm, Adam, average of the parameters. A
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
     * @return the loss before the step, NaN if loss or gradient is not finite
     */
    public double run(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        double loss = descent.step(inputs, random, learningRate);
        if (Double.isFinite(loss)) {
            state.record(loss);
        }
        return loss;
    }

    /** The number of steps that changed the parameters. */
    public long steps() {
        return state.losses().size();
    }

    /** The losses of these steps, including those of a resumed training. */
    public List<Double> losses() {
        return List.copyOf(state.losses());
    }

    /**
     * The average of the parameters, or the parameters themselves if no average is kept. The result lives as long as
     * this object.
     */
    public Parameters average() {
        return state.emaParameters();
    }

    /** Writes everything needed to resume: parameters, average, the optimiser's moments and the losses. */
    public void save(Path file) {
        state.save(file);
    }

    /** Restores the saved state; a failure changes nothing. */
    public void load(Path file) {
        state.load(file);
    }

    @Override
    public void close() {
        state.close();
    }
}
