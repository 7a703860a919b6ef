package org.sdescript.plot;

import java.util.Optional;

/**
 * An axis of a figure.
 *
 * @param label the measured quantity with its unit; empty for none
 * @param log true for a logarithmic axis, which cannot show numbers that are not positive
 * @param limits the numbers at its ends; empty to hold all marks
 */
public record Axis(String label, boolean log, Optional<AxisRange> limits) {
    public static final Axis PLAIN = new Axis("", false);

    public Axis(String label, boolean log) {
        this(label, log, Optional.empty());
    }

    Axis limits(AxisRange numbers) {
        return new Axis(label, log, Optional.of(numbers));
    }

    Axis label(String text) {
        return new Axis(text, log, limits);
    }

    /** Returns the limits in the axis's measure. */
    Optional<AxisRange> measuredLimits() {
        return limits.map(ends -> new AxisRange(Scale.measure(log, ends.low()), Scale.measure(log, ends.high())));
    }
}
