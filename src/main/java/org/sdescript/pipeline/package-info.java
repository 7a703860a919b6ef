/**
 * The phases in order, on one page: reads a script, parses and checks it, binds built-ins and the standard library, and
 * runs it. Other packages call {@link Pipeline}. Start with {@link Phases}.
 */
@NullMarked
package org.sdescript.pipeline;

import org.jspecify.annotations.NullMarked;
