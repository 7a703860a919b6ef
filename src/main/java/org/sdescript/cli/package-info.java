/** The command line: picocli commands over {@link org.sdescript.pipeline}, and the terminal as a run's console. Thin. */
package org.sdescript.cli;
