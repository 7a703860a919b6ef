/**
 * The interpreter: evaluates the tree over {@link Value}s and calls callables. The same evaluation computes numbers,
 * runs tensor operations, traces kernels and builds formulas, depending only on the operands. {@link KernelRunner} and
 * {@link ProcessFactory} are what the interpreter asks of {@code runtime.kernel} and {@code runtime.process}. {@link Session} holds the shared state of a run. Start with {@link Interpreter}.
 */
@NullMarked
package org.sdescript.runtime;

import org.jspecify.annotations.NullMarked;
