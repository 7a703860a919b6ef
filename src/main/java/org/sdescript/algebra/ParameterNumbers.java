package org.sdescript.algebra;

/** The holder of a parameter's numbers, as far as algebra asks for them. */
public interface ParameterNumbers {
    /** Returns all numbers, without their shape; none if they are not known yet. */
    double[] numbers();
}
