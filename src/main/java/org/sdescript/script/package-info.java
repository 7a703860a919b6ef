/**
 * The language as a scripting engine of {@code javax.script} (JSR 223):
 * {@code new ScriptEngineManager().getEngineByName("sde")}. A thin layer over {@link org.sdescript.api}.
 */
package org.sdescript.script;
