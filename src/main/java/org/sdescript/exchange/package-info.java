/**
 * Sums of numbers over the workers of one training, by sockets between them. Start with {@link Exchange}.
 * {@link Ring} is the exchange, {@link RingSeat} a place in it.
 */
@NullMarked
package org.sdescript.exchange;

import org.jspecify.annotations.NullMarked;
