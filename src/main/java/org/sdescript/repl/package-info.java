/** The prompt: a session of entries and the display of their values. A thin layer over {@code pipeline}. */
package org.sdescript.repl;
