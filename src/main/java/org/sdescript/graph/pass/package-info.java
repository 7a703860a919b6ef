/**
 * Passes that rewrite a graph before it is compiled: each removes, merges or moves work and keeps the result. Start
 * with {@link Passes}.
 */
@NullMarked
package org.sdescript.graph.pass;

import org.jspecify.annotations.NullMarked;
