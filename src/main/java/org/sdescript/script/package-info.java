/**
 * The language as a scripting engine of {@code javax.script} (JSR 223). A thin layer over {@link org.sdescript.api}:
 * {@code new ScriptEngineManager().getEngineByName("sde")}. Start with {@link SdeScriptEngine}.
 */
@NullMarked
package org.sdescript.script;

import org.jspecify.annotations.NullMarked;
