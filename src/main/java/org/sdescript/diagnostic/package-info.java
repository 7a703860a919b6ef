/** Errors and warnings ({@link org.sdescript.diagnostic.Diagnostic}), and their only renderer. */
package org.sdescript.diagnostic;
