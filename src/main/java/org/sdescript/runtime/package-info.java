/**
 * The interpreter: evaluates the tree over {@link org.sdescript.runtime.Value}s. The same evaluation computes
 * numbers, runs tensor operations, traces kernels into graphs and builds formulas, depending only on the operands.
 * {@link org.sdescript.runtime.Interpreter} is the entry point; {@link org.sdescript.runtime.Session} holds the
 * shared state of a run.
 */
package org.sdescript.runtime;
