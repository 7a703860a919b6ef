package org.sdescript.backend;

import ai.djl.engine.EngineException;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** The computation of one training step. */
interface OptimizerStep {

    /**
     * Updates the parameters, their moments and their averages; changes nothing if loss or gradient is not finite.
     */
    StepOutcome step(List<? extends Operand> inputs, RandomStream random, double learningRate);

    static SdeError failed(EngineException e) {
        return String.valueOf(e.getMessage()).contains("does not require grad")
                ? independent()
                : NativeFailure.of(e, "the engine cannot compute the gradient of the loss");
    }

    static SdeError independent() {
        return Diagnostic.error("E0905", null, "the loss does not depend on the network's parameters")
                .help("return a tensor computed from the network's output")
                .raise();
    }
}
