package org.sdescript.runtime;

/**
 * Mean and variance of each data component. {@code sample} uses the moments to measure the distance between the prior
 * and the law of the process at t_max.
 */
public record DataMoments(double[] mean, double[] variance) {}
