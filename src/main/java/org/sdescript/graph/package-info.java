/**
 * Tensor programs as a typed directed acyclic graph. A kernel's body is traced into one {@link org.sdescript.graph.Graph}
 * of {@link org.sdescript.graph.Node}s; what an operation means for types is in {@link org.sdescript.graph.Inference}.
 * Scalars are host doubles and tensors have a dtype, so schedules and step sizes stay exact until they meet a tensor.
 * Knows nothing of DJL and nothing of SDEs.
 */
package org.sdescript.graph;
