/**
 * Work in numbered units: runs them here or on a cluster, packs them for other processes, and runs what came packed.
 * Start with {@link Units}.
 */
@NullMarked
package org.sdescript.units;

import org.jspecify.annotations.NullMarked;
