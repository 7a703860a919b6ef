package org.sdescript.algebra;

/** The holder of a constant matrix in the equations of a process, whose product with others has an order. */
public interface MatrixNumbers extends ParameterNumbers {}
