/** Terminal output shared by the shell commands and the prompt: progress bars and the abilities of the terminal. */
package org.sdescript.console;
