/**
 * Derivatives of graphs as nodes of the same graph: one rule for each operation, and the sweep that applies them
 * backwards. Start with {@link Gradient}.
 */
@NullMarked
package org.sdescript.graph.gradient;

import org.jspecify.annotations.NullMarked;
