package org.sdescript.exchange;

/**
 * The traffic that a worker has sent.
 *
 * @param sums calls of {@link Exchange#sum}
 * @param messages messages of sums and texts to the next worker
 * @param bytes the bytes of these messages, without their headers
 */
public record Traffic(long sums, long messages, long bytes) {}
