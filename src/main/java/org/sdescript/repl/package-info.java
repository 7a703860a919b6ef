/**
 * The prompt: the line editor and the terminal around a {@link org.sdescript.workspace.Workspace}.
 * Start with {@link Repl}.
 */
@NullMarked
package org.sdescript.repl;

import org.jspecify.annotations.NullMarked;
