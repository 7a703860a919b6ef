/**
 * Pictures: a {@link org.sdescript.plot.Figure} is layers of numbers, a {@link org.sdescript.plot.FigureFile} its drawing.
 *
 * <p>We draw ourselves, on Java2D for PNG and as text for SVG, rather than through a chart library: a machine without
 * fonts must get its picture, which no chart library survives, so axes, legend and letters of our own are needed in any
 * case, and one renderer is better than two. It also gives what XChart does not: one scale for both axes, round ticks,
 * one binning shared by all histograms, lines of any length drawn at the cost of the picture's width, and a place for
 * contours and arrows.
 */
package org.sdescript.plot;
