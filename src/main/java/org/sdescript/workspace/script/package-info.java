/**
 * A script that has not run, which may have errors: its names with their places, and the processes that are derived at
 * once. Shared by the editor and the page. Start with {@link ScriptText}.
 */
@NullMarked
package org.sdescript.workspace.script;

import org.jspecify.annotations.NullMarked;
