/**
 * The phases in order, on one page: reads a script, parses and checks it, binds built-ins and the standard library, and
 * runs it. All callers that start scripts use this package. Start with {@link Pipeline}.
 */
@NullMarked
package org.sdescript.pipeline;

import org.jspecify.annotations.NullMarked;
