package org.sdescript.runtime;

/**
 * Mean and variance of each data component. {@code sample} uses the moments to measure the distance between the prior
 * and the law of the process at t_max. The components of a system are those of each data state, state after state.
 */
public record DataMoments(double[] mean, double[] variance) {}
