/** The built-in functions, in small themed classes; each with the text and example that {@code help} shows. */
package org.sdescript.runtime.builtin;
