/**
 * Tensor programs as a typed directed acyclic graph: operations, shapes, optimising passes and gradients. A kernel's
 * body is traced into one graph of {@link Node}s; {@link TypeInference} defines each operation's types. Scalars are
 * host doubles and tensors have a dtype, so schedules and step sizes stay exact until they meet a tensor. The package
 * depends neither on DJL nor on SDEs. Start with {@link Graph}.
 */
@NullMarked
package org.sdescript.graph;

import org.jspecify.annotations.NullMarked;
