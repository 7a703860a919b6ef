/**
 * The prompt: a session of entries and the display of their values. A thin layer over {@link org.sdescript.pipeline}.
 * Start with {@link Repl}.
 */
package org.sdescript.repl;
