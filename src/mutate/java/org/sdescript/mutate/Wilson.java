package org.sdescript.mutate;

import java.util.Locale;

/** A share of successes with its Wilson interval of 95 % (Wilson 1927). */
public record Wilson(int successes, int trials) {
    private static final double Z = 1.959963984540054;

    double low() {
        return centre() - halfWidth();
    }

    double high() {
        return centre() + halfWidth();
    }

    private double share() {
        return (double) successes / trials;
    }

    private double centre() {
        return (share() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        double spread = share() * (1 - share()) / trials + Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(spread) / (1 + Z * Z / trials);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d = %.1f %% (95 %%: %.1f to %.1f)",
                successes,
                trials,
                100 * share(),
                100 * low(),
                100 * high());
    }
}
