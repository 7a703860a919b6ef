/**
 * The command line: picocli commands over {@link org.sdescript.pipeline}, and the terminal as a run's console. A thin
 * layer.
 */
package org.sdescript.cli;
