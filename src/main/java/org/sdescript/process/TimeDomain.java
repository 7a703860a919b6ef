package org.sdescript.process;

/** t in [from, to]. */
public record TimeDomain(double from, double to) {
    public TimeDomain {
        if (!(from < to)) {
            throw new IllegalArgumentException("an empty time domain [" + from + ", " + to + "]");
        }
    }
}
