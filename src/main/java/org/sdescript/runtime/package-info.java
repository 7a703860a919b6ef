/**
 * The interpreter: evaluates the tree over {@link Value}s, calls callables and traces kernels into graphs. The same
 * evaluation computes numbers, runs tensor operations, traces kernels and builds formulas, depending only on the
 * operands. {@link Session} holds the shared state of a run. Start with {@link Interpreter}.
 */
package org.sdescript.runtime;
