/**
 * The values that belong to processes: the process itself, its transition, posterior, marginals, initial laws and
 * chains, and their evaluation on tensors. Start with {@link ProcessValue}.
 */
package org.sdescript.runtime.process;
