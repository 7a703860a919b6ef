/**
 * Runs tensor programs. The only package that imports DJL: it owns native memory, the device, the random numbers of a
 * run, parameters and the training step. {@link org.sdescript.backend.EagerKernel} runs a graph node by node and defines
 * what a program means; a compiled lowering stands beside it.
 */
package org.sdescript.backend;
