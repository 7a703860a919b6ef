/** Errors and warnings, and their only renderer. Start with {@link Diagnostic}. */
@NullMarked
package org.sdescript.diagnostic;

import org.jspecify.annotations.NullMarked;
