/**
 * The built-in functions, in small themed classes; each function carries the text and example that {@code help} prints.
 * Start with {@link Reductions}.
 */
package org.sdescript.runtime.builtin;
