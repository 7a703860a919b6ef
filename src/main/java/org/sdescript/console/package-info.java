/**
 * Terminal output shared by the shell commands and the prompt: progress bars and the abilities of the terminal. Start
 * with {@link ProgressBar}.
 */
package org.sdescript.console;
