/**
 * Charts: a {@link Figure} is layers of numbers, drawn as PNG, SVG, PDF or in the terminal. Start with {@link Figure}.
 *
 * <p>Figures are drawn on Java2D for PNG, and as elements of SVG and paths of PDF, without a chart library. Letters are
 * outlines of {@link org.sdescript.image.Typeface}: a figure must look the same on every machine, also on one without
 * fonts, where chart libraries fail. The renderer also provides features that XChart lacks: one scale for both axes,
 * round ticks, bins shared by all histograms, long lines at the cost of the picture's width, contours and arrows.
 */
@NullMarked
package org.sdescript.plot;

import org.jspecify.annotations.NullMarked;
