/**
 * The command line: one picocli command per class, and the terminal as a run's console. A thin layer over {@link
 * org.sdescript.pipeline}. Start with {@link Main}.
 */
@NullMarked
package org.sdescript.cli;

import org.jspecify.annotations.NullMarked;
