/**
 * Runs tensor programs on DJL and PyTorch: devices, native memory, random numbers, parameters and the training step.
 * Only this package imports DJL. {@link EagerKernel} runs a graph node by node and defines the meaning of a program;
 * {@link ScriptKernel} runs a graph in one call, as TorchScript. Start with {@link Backend}.
 */
@NullMarked
package org.sdescript.backend;

import org.jspecify.annotations.NullMarked;
