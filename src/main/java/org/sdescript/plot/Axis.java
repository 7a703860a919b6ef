package org.sdescript.plot;

/**
 * @param label what is measured, with its unit; empty for none
 * @param log whether decades are equally long; numbers that are not positive are then left out
 */
public record Axis(String label, boolean log) {
    public static final Axis PLAIN = new Axis("", false);
}
