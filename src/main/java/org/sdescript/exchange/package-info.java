/** Sums of numbers over the workers of one training, by sockets between them. Start with {@link Exchange}. */
@NullMarked
package org.sdescript.exchange;

import org.jspecify.annotations.NullMarked;
