/**
 * The mathematics of SDEs on the algebra: reverse, probability flow, transition, prior. Knows nothing of tensors.
 */
package org.sdescript.process;
