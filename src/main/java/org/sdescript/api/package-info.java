/**
 * The language for programs on the JVM: {@link org.sdescript.api.Sde} is a script, {@link org.sdescript.api.SdeRun} what
 * is there once it has run. Values come and go as those of Java; see {@link org.sdescript.api.SdeRun#get}.
 */
package org.sdescript.api;
