package org.sdescript.backend;

import java.nio.file.Path;
import java.util.List;
import org.sdescript.graph.Graph;

/**
 * Training of parameters by steps: loss, gradients, clipping by the global norm, Adam, average of the parameters. A step whose loss
 * or gradient is not finite changes nothing.
 */
public final class TrainingStep implements AutoCloseable {
    private final AdamState state;
    private final Descent descent;

    /**
     * @param loss a graph whose first output is the loss
     * @param inputs which of its inputs are the parameters that are trained
     */
    public TrainingStep(Backend backend, Graph loss, ParameterInputs inputs, OptimizerSettings settings) {
        Parameters parameters = inputs.owner();
        this.state = new AdamState(backend, parameters, settings);
        this.descent = switch (Backend.isForeign(loss) ? Execution.EAGER : backend.execution()) {
            case TORCHSCRIPT -> new ScriptDescent(backend, settings, state, loss, inputs);
            case EAGER -> new EagerDescent(backend, parameters, settings, state, backend.eager(loss));
        };
    }

    /**
     * Moves the parameters.
     *
     * @param inputs of the graph
     * @return the loss before the step, NaN where loss or gradient was not finite
     */
    public double run(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        double loss = descent.step(inputs, random, learningRate);
        if (Double.isFinite(loss)) {
            state.record(loss);
        }
        return loss;
    }

    /** How many steps have changed the parameters. */
    public long steps() {
        return state.losses().size();
    }

    /** What each of these steps returned, those of a training gone on from included. */
    public List<Double> losses() {
        return List.copyOf(state.losses());
    }

    /** The average of the parameters, or the parameters themselves where none is kept. It lives as long as this. */
    public Parameters average() {
        return state.average();
    }

    /** Writes all that is needed to go on: parameters, average, the optimiser's moments and the losses. */
    public void save(Path file) {
        state.save(file);
    }

    /** Puts parameters and all else in the state that was saved, or fails and changes nothing. */
    public void load(Path file) {
        state.load(file);
    }

    @Override
    public void close() {
        state.close();
    }
}
