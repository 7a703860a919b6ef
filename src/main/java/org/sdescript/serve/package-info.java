/**
 * The page to try the language on: a server for browsers on this machine, with one session for each tab. Start with
 * {@link PageServer}.
 */
@NullMarked
package org.sdescript.serve;

import org.jspecify.annotations.NullMarked;
