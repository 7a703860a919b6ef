package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/**
 * The values of one execution of a kernel, by slot. Arrays in {@code scope} are freed when the call ends.
 *
 * @param numbers host numbers; constants are set before the first step
 */
record ExecutionFrame(
        PtNDManager scope, PtNDArray[] tensors, double[] numbers, RandomStream random, HostBuffers staging) {}
