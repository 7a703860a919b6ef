/**
 * The bodies of the built-in functions, in small themed classes; {@code stdlib/native} declares them. Start with
 * {@link Reductions}.
 */
@NullMarked
package org.sdescript.runtime.builtin;

import org.jspecify.annotations.NullMarked;
