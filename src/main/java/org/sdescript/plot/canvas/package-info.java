/** Surfaces to draw on: pixels, SVG, PDF and a terminal, with their colours and letters. Start with {@link Canvas}. */
@NullMarked
package org.sdescript.plot.canvas;

import org.jspecify.annotations.NullMarked;
