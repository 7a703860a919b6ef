package org.sdescript.runtime;

import org.sdescript.backend.RandomStream;

/**
 * The part of a sampling that a process computes for another one.
 *
 * @param stream the random numbers of the whole sampling
 */
public record SampleShare(RandomStream stream, WorkUnit unit) {}
