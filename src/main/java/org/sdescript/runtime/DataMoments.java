package org.sdescript.runtime;

/**
 * Mean and variance of each data component. From them {@code sample} computes the distance between the prior and the
 * law that the process takes the data to.
 */
public record DataMoments(double[] mean, double[] variance) {}
