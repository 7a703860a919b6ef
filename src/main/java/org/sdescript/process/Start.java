package org.sdescript.process;

/** The normal law, stated in the body of a process, that a state starts from which is not data: a velocity's N(0, γM). */
public record Start(double mean, double std) {}
