/**
 * The values that belong to processes: the process itself, its transition, posterior, marginals, initial laws and
 * chains, and their evaluation on tensors. Start with {@link ProcessValue}.
 */
@NullMarked
package org.sdescript.runtime.process;

import org.jspecify.annotations.NullMarked;
