package org.sdescript.process;

/** The stated starting law of a state that is not data: a velocity's N(0, γM). */
public record InitialLaw(double mean, double std) {}
