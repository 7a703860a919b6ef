package org.sdescript.check;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Numeral;
import org.sdescript.source.Span;

/**
 * The numbers allowed for a parameter. The range is declared once, with the parameter; the checker and the call both
 * read it.
 *
 * @param whole true if only whole numbers are allowed
 */
public record Range(boolean whole, Bound low, Bound high) {

    /** An end of a range. */
    public record Bound(double at, boolean included) {}

    private static final Bound BELOW_ALL = new Bound(Double.NEGATIVE_INFINITY, true);
    private static final Bound ABOVE_ALL = new Bound(Double.POSITIVE_INFINITY, true);
    private static final Bound FINITE = new Bound(Double.POSITIVE_INFINITY, false);

    /** A whole number of either sign. */
    public static final Range WHOLE = new Range(true, BELOW_ALL, ABOVE_ALL);

    /** A whole number from 1. */
    public static final Range COUNT = wholeFrom(1);

    /** Greater than 0, and finite. */
    public static final Range POSITIVE = new Range(false, new Bound(0, false), FINITE);

    /** At least 0, and finite. */
    public static final Range NOT_NEGATIVE = new Range(false, new Bound(0, true), FINITE);

    /** At least 0; infinity means no bound. */
    public static final Range FROM_ZERO = new Range(false, new Bound(0, true), ABOVE_ALL);

    /** Any finite number. */
    public static final Range REAL = new Range(false, new Bound(Double.NEGATIVE_INFINITY, false), FINITE);

    /** Any number except nan; infinity is allowed. */
    public static final Range ORDERED = new Range(false, BELOW_ALL, ABOVE_ALL);

    /** An axis of a tensor, counted from 0 or from the end; PyTorch allows at most 64 axes. */
    public static final Range AXIS = new Range(true, new Bound(-64, true), new Bound(63, true));

    /** The weight of the old value in a running average: at least 0, less than 1. */
    public static final Range DECAY = new Range(false, new Bound(0, true), new Bound(1, false));

    /** A probability or another fraction. */
    public static final Range SHARE = new Range(false, new Bound(0, true), new Bound(1, true));

    public static Range wholeFrom(int least) {
        return new Range(true, new Bound(least, true), ABOVE_ALL);
    }

    private boolean isWhole(double value) {
        return !whole || value == Math.rint(value);
    }

    private boolean isInside(double value) {
        return (low.included ? value >= low.at : value > low.at)
                && (high.included ? value <= high.at : value < high.at);
    }

    public boolean takes(double value) {
        return isWhole(value) && isInside(value);
    }

    /** The error for a number outside of the range. */
    public Optional<Diagnostic> refusal(String what, double value, Span span) {
        if (takes(value)) {
            return Optional.empty();
        }
        if (!isWhole(value)) {
            return Optional.of(
                    Diagnostic.error("E0420", span, what + " must be a whole number, but is " + Numeral.of(value))
                            .help("`floor(…)` or `round(…)` makes one"));
        }
        String wanted = Double.isInfinite(value) && (value == low.at || value == high.at) ? "finite" : toString();
        return Optional.of(
                Diagnostic.error("E0421", span, what + " is " + Numeral.of(value) + ", but must be " + wanted));
    }

    /** The range in words: {@code at least 0 and less than 1}. */
    @Override
    public String toString() {
        String from = (low.included ? "at least " : "greater than ") + Numeral.of(low.at);
        String to = (high.included ? "at most " : "less than ") + Numeral.of(high.at);
        if (Double.isInfinite(low.at)) {
            return Double.isInfinite(high.at) ? "a number" : to;
        }
        return Double.isInfinite(high.at) ? from : from + " and " + to;
    }
}
