/** The language server: scripts in editors that speak the Language Server Protocol. Start with {@link Server}. */
@NullMarked
package org.sdescript.lsp;

import org.jspecify.annotations.NullMarked;
