package org.sdescript.runtime;

/**
 * Mean and variance of each component of the data that a score is of, by which {@code sample} knows how far the prior is from
 * where the process takes the data.
 */
public record DataMoments(double[] mean, double[] variance) {}
