/**
 * Tensor programs as a typed directed acyclic graph. A kernel's body is traced into one
 * {@link org.sdescript.graph.Graph} of {@link org.sdescript.graph.Node}s; {@link org.sdescript.graph.Inference} defines
 * each operation's types. Scalars are host doubles and tensors have a dtype, so schedules and step sizes stay exact
 * until they meet a tensor. The package depends neither on DJL nor on SDEs.
 */
package org.sdescript.graph;
