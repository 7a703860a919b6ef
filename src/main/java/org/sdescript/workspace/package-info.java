/**
 * A session of entries: names, commands, completion and errors, shared by the prompt, the notebook, the editor and the
 * page. Start with {@link Workspace}.
 */
@NullMarked
package org.sdescript.workspace;

import org.jspecify.annotations.NullMarked;
