package org.sdescript.backend;

import org.sdescript.exchange.Exchange;

/**
 * The part of a training that is shared with other machines, each of which computes on its own part of every batch.
 *
 * @param share the samples of this machine relative to those of the batch
 * @param average 1 to sum the gradients of each step; more for steps of each machine by itself, after each so many of
 *     which the states of the training are replaced by their mean
 */
public record StepSharing(Exchange exchange, double share, int average) {
    public StepSharing {
        if (!(share > 0 && share <= 1) || average < 1) {
            throw new IllegalArgumentException("share " + share + ", average " + average);
        }
    }

    boolean isSynchronous() {
        return average == 1;
    }
}
