/**
 * The language for programs on the JVM: {@link org.sdescript.api.Sde} is a script, {@link org.sdescript.api.SdeRun} a
 * script that has run. {@link org.sdescript.api.SdeRun#get} lists how values of Java and of scripts correspond.
 */
package org.sdescript.api;
