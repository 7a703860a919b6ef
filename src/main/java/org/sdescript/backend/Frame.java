package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/**
 * The values of one execution of a kernel, by slot. What is in {@code scope} is freed when the call ends.
 *
 * @param numbers values of host numbers; constants are there from the start
 */
record Frame(PtNDManager scope, PtNDArray[] tensors, double[] numbers, RandomStream random, Staging staging) {}
