/**
 * Charts: a {@link Figure} is layers of numbers, drawn as PNG, as SVG or in the terminal. Start with {@link Figure}.
 *
 * <p>Figures are drawn on Java2D for PNG and as text for SVG, without a chart library: pictures must also be drawn on
 * machines without fonts, where every chart library fails, so own axes, legends and glyphs are needed in any case, and
 * one renderer is better than two. The renderer also provides features that XChart lacks: one scale for both axes,
 * round ticks, bins shared by all histograms, long lines at the cost of the picture's width, contours and arrows.
 */
package org.sdescript.plot;
