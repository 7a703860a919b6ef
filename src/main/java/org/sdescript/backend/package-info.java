/**
 * Runs tensor programs. The only package that imports DJL: it owns native memory, the device, the random numbers of a
 * run, parameters and the training step. {@link org.sdescript.backend.EagerKernel} runs a graph node by node and
 * defines the meaning of a program; {@link org.sdescript.backend.ScriptKernel} runs a graph in one call, as
 * TorchScript.
 */
package org.sdescript.backend;
