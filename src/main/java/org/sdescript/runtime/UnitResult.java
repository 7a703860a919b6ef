package org.sdescript.runtime;

/**
 * The result of a unit of work.
 *
 * @param evaluations the evaluations of the score, see {@code nfe()}
 */
public record UnitResult(Value value, long evaluations) {}
