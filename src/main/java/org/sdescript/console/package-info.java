/**
 * Terminal output shared by the shell commands and the prompt: progress bars and the abilities of the terminal. Start
 * with {@link ProgressBar}.
 */
@NullMarked
package org.sdescript.console;

import org.jspecify.annotations.NullMarked;
