/**
 * The interpreter: walks the tree over {@link org.sdescript.runtime.Value}s. The same walk computes numbers, runs tensor
 * operations at once, traces kernels into graphs and builds formulas; which of them depends only on the values met.
 * {@link org.sdescript.runtime.Interpreter} is the way in, {@link org.sdescript.runtime.Session} what a run shares.
 */
package org.sdescript.runtime;
