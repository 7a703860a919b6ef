package org.sdescript.serve;

import java.time.Duration;

/**
 * The limits of a page server.
 *
 * @param run the longest time of a run
 * @param derivation the longest time of the derivations beside the script
 * @param memory the largest memory of a tab's tensors, in bytes
 * @param files the largest size of all files of a tab, in bytes
 * @param tabs the largest number of open tabs
 * @param idle the time after which an unused tab loses its session
 */
public record Limits(Duration run, Duration derivation, long memory, long files, int tabs, Duration idle) {
    /** The largest request, in bytes. */
    static final int REQUEST = 1 << 20;

    /** The most text that a run sends to the page, in characters. */
    static final int OUTPUT = 1 << 22;
}
