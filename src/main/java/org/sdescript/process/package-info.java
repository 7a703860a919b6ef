/**
 * The mathematics of SDEs on the algebra: reverse, probability flow, transition, prior, and the explanation of each
 * step. The package does not depend on tensors. Start with {@link Process}.
 */
@NullMarked
package org.sdescript.process;

import org.jspecify.annotations.NullMarked;
