/**
 * The mathematics of SDEs on the algebra: reverse, probability flow, transition, prior. The package does not depend on
 * tensors.
 */
package org.sdescript.process;
