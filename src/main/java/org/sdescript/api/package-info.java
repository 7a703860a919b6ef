/**
 * The language for Java programs: {@link Sde} is a script, {@link SdeRun} a script that has run. {@link SdeRun#get}
 * lists how values of Java and of scripts correspond. Start with {@link Sde}.
 */
@NullMarked
package org.sdescript.api;

import org.jspecify.annotations.NullMarked;
