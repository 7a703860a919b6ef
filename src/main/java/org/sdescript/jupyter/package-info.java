/**
 * The kernel of Jupyter notebooks: cells are entries of one {@link org.sdescript.workspace.Workspace}, by Jupyter's
 * protocol 5.3 over ZeroMQ. Start with {@link NotebookKernel}.
 */
@NullMarked
package org.sdescript.jupyter;

import org.jspecify.annotations.NullMarked;
