package org.sdescript.plot;

/**
 * An axis of a figure.
 *
 * @param label the measured quantity with its unit; empty for none
 * @param log true for a logarithmic axis, which cannot show numbers that are not positive
 */
public record Axis(String label, boolean log) {
    public static final Axis PLAIN = new Axis("", false);
}
