/** The prompt: entries typed one after another in a session, and what each of them gives. Thin over {@code pipeline}. */
package org.sdescript.repl;
