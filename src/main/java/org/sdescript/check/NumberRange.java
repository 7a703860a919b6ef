package org.sdescript.check;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.source.Span;

/**
 * The numbers allowed for a parameter. The range is declared once, with the parameter; the checker and the call both
 * read it.
 *
 * @param whole true if only whole numbers are allowed
 */
public record NumberRange(boolean whole, Bound low, Bound high) {

    /** An end of a range. */
    public record Bound(double at, boolean included) {}

    private static final Bound BELOW_ALL = new Bound(Double.NEGATIVE_INFINITY, true);
    private static final Bound ABOVE_ALL = new Bound(Double.POSITIVE_INFINITY, true);
    private static final Bound FINITE = new Bound(Double.POSITIVE_INFINITY, false);

    /** A whole number of either sign. */
    public static final NumberRange WHOLE = new NumberRange(true, BELOW_ALL, ABOVE_ALL);

    /** A whole number from 1. */
    public static final NumberRange COUNT = wholeFrom(1);

    /** Greater than 0, and finite. */
    public static final NumberRange POSITIVE = new NumberRange(false, new Bound(0, false), FINITE);

    /** At least 0, and finite. */
    public static final NumberRange NOT_NEGATIVE = new NumberRange(false, new Bound(0, true), FINITE);

    /** At least 0; infinity means no bound. */
    public static final NumberRange FROM_ZERO = new NumberRange(false, new Bound(0, true), ABOVE_ALL);

    /** Any finite number. */
    public static final NumberRange REAL = new NumberRange(false, new Bound(Double.NEGATIVE_INFINITY, false), FINITE);

    /** Any number except nan; infinity is allowed. */
    public static final NumberRange ORDERED = new NumberRange(false, BELOW_ALL, ABOVE_ALL);

    /** An axis of a tensor, counted from 0 or from the end; PyTorch allows at most 64 axes. */
    public static final NumberRange AXIS = new NumberRange(true, new Bound(-64, true), new Bound(63, true));

    /** The weight of the old value in a running average: at least 0, less than 1. */
    public static final NumberRange DECAY = new NumberRange(false, new Bound(0, true), new Bound(1, false));

    /** A probability or another fraction. */
    public static final NumberRange SHARE = new NumberRange(false, new Bound(0, true), new Bound(1, true));

    public static NumberRange wholeFrom(int least) {
        return new NumberRange(true, new Bound(least, true), ABOVE_ALL);
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
                    Diagnostic.error("E0420", span, what + " must be a whole number, but is " + NumberText.of(value))
                            .help("`floor(…)` or `round(…)` makes one"));
        }
        String wanted = Double.isInfinite(value) && (value == low.at || value == high.at) ? "finite" : toString();
        return Optional.of(
                Diagnostic.error("E0421", span, what + " is " + NumberText.of(value) + ", but must be " + wanted));
    }

    /** The range in words: {@code at least 0 and less than 1}. */
    @Override
    public String toString() {
        String from = (low.included ? "at least " : "greater than ") + NumberText.of(low.at);
        String to = (high.included ? "at most " : "less than ") + NumberText.of(high.at);
        if (Double.isInfinite(low.at)) {
            return Double.isInfinite(high.at) ? "a number" : to;
        }
        return Double.isInfinite(high.at) ? from : from + " and " + to;
    }
}
