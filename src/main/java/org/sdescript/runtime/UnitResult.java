package org.sdescript.runtime;

/**
 * What a unit of work computed.
 *
 * @param evaluations the evaluations of the score, see {@code nfe()}
 */
public record UnitResult(Value value, long evaluations) {}
