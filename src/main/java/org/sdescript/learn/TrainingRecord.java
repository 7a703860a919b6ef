package org.sdescript.learn;

import java.util.Optional;
import org.sdescript.runtime.DataMoments;

/**
 * The parts of a training that a model keeps besides the parameters.
 *
 * @param data mean and variance of the training data, if known
 */
record TrainingRecord(TrainingHistory history, KeptAverages kept, Optional<DataMoments> data) implements AutoCloseable {
    static final TrainingRecord NONE = new TrainingRecord(TrainingHistory.NONE, KeptAverages.NONE, Optional.empty());

    @Override
    public void close() {
        kept.close();
    }
}
