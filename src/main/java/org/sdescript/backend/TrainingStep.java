package org.sdescript.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Graph;

/**
 * Training of parameters by steps: loss, gradients, clipping by the global norm, Adam, averages of the parameters. A
 * step whose loss or gradient is not finite changes nothing.
 */
public final class TrainingStep implements AutoCloseable {
    private final AdamState state;
    private final OptimizerStep descent;
    private final @Nullable SharedGradient gradient;
    private final @Nullable StepSharing sharing;
    private final Backend backend;
    private int settled;

    /**
     * @param loss a graph whose first output is the loss
     * @param inputs the inputs of the graph that are trained parameters
     */
    public TrainingStep(Backend backend, Graph loss, ParameterInputs inputs, OptimizerSettings settings) {
        this(backend, loss, inputs, settings, null);
    }

    /**
     * @param loss a graph whose first output is the loss, a mean over samples if the training is shared
     * @param sharing null for a training on one machine
     */
    public TrainingStep(
            Backend backend,
            Graph loss,
            ParameterInputs inputs,
            OptimizerSettings settings,
            @Nullable StepSharing sharing) {
        Parameters parameters = Objects.requireNonNull(inputs.owner());
        this.backend = backend;
        this.sharing = sharing;
        this.state = new AdamState(backend, parameters, settings);
        this.gradient = sharing != null && sharing.isSynchronous()
                ? new SharedGradient(backend, parameters, state.values(), sharing)
                : null;
        this.descent = switch (Backend.isForeign(loss) ? Execution.EAGER : backend.execution()) {
            case TORCHSCRIPT -> new ScriptOptimizerStep(backend, settings, state, loss, inputs, gradient);
            case EAGER -> new EagerOptimizerStep(backend, parameters, settings, state, backend.eager(loss), gradient);
        };
    }

    /**
     * Updates the parameters. In a shared training, the outcome is that of the whole batch, unless the machines train by
     * themselves.
     *
     * @param inputs values of the graph's inputs
     */
    public StepOutcome run(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        StepOutcome outcome = descent.step(inputs, random, learningRate);
        if (outcome.isFinite()) {
            state.record(outcome);
            if (isDue()) {
                settle();
            }
        }
        return outcome;
    }

    private boolean isDue() {
        return sharing != null && steps() % sharing.average() == 0;
    }

    /**
     * Makes the state, and the losses and gradients recorded, the same on all machines of a shared training, by the mean
     * over them. All machines call this after the same step.
     */
    public void settle() {
        if (sharing != null && !sharing.isSynchronous() && !isSettled()) {
            new StateMean(backend, state, sharing.exchange()).take(settled);
            settled = state.losses().size();
        }
    }

    /** True if all machines of a shared training have the same state; always true on one machine. */
    public boolean isSettled() {
        return sharing == null || sharing.isSynchronous() || settled == steps();
    }

    /** Returns the SHA-256 of the parameters and their averages, in hexadecimal digits. */
    public String fingerprint() {
        return state.fingerprint();
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
        Map<String, Tensor> more = state.load(file);
        settled = state.losses().size();
        return more;
    }

    @Override
    public void close() {
        if (gradient != null) {
            gradient.close();
        }
        state.close();
    }
}
