package org.sdescript.runtime;

/**
 * A part of the samples, as one batch computes it.
 *
 * @param from the index of its first sample among all
 * @param count the number of its samples
 * @param all the number of all samples
 * @param rank the rank of the tensor of all samples, that of one state for a system
 */
public record SamplePart(int from, int count, int all, int rank) {}
