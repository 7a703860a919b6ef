/**
 * Bodies as compiled kernels: tracing into graphs, the cache of kernels, and the parameters of networks. Start with
 * {@link Kernels}.
 */
@NullMarked
package org.sdescript.runtime.kernel;

import org.jspecify.annotations.NullMarked;
