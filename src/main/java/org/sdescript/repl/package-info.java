/**
 * The prompt: the line editor and the terminal around a {@link org.sdescript.workspace.Workspace}.
 * Start with {@link Repl}.
 */
package org.sdescript.repl;
