package org.sdescript.learn;

import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * Labels or conditions of a training.
 *
 * @param name the variable of the network, or of the loss, that takes the values
 * @param rows the values, with a row for each sample
 * @param isLabel true for the labels of the data
 * @param ofNetwork true if the network has the variable
 * @param ofLoss true if the loss has the variable
 * @param ofProcess true if the process has a parameter of this name, which takes each sample's own value
 */
record TrainingColumn(String name, Tensor rows, boolean isLabel, boolean ofNetwork, boolean ofLoss, boolean ofProcess) {

    /** Returns what a model remembers of the values. */
    TrainedCondition remembered() {
        Shape all = rows.shape();
        TrainedCondition.Role role = isLabel
                ? TrainedCondition.Role.LABEL
                : rows.dtype() == DType.INT64 ? TrainedCondition.Role.WHOLE : TrainedCondition.Role.NUMBER;
        return new TrainedCondition(name, new Shape(all.sizes().subList(1, all.rank())), role);
    }
}
