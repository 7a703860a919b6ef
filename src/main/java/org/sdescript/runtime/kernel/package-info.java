/**
 * Bodies as compiled kernels: tracing into graphs, the cache of kernels, and the parameters of networks. Start with
 * {@link Kernels}.
 */
package org.sdescript.runtime.kernel;
