/** Errors and warnings, and their only renderer. Start with {@link Diagnostic}. */
package org.sdescript.diagnostic;
