/** What the shell and the prompt share in talking to a terminal: progress, and what it can show. */
package org.sdescript.console;
