package org.sdescript.algebra;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Facts about symbols, all of which are real. Assumptions are always passed in, never implied silently.
 *
 * @param ranges the interval each symbol lies in
 * @param nonZero symbols that are not zero, whatever their sign
 */
public record Assumptions(Map<Symbol, Interval> ranges, Set<Symbol> nonZero) {
    public static final Assumptions NONE = new Assumptions(Map.of(), Set.of());

    public Assumptions {
        ranges = Map.copyOf(ranges);
        nonZero = Set.copyOf(nonZero);
    }

    public static Assumptions positive(Symbol... symbols) {
        return all(Interval.POSITIVE, symbols);
    }

    public static Assumptions nonNegative(Symbol... symbols) {
        return all(Interval.NON_NEGATIVE, symbols);
    }

    public static Assumptions nonZero(Symbol... symbols) {
        return new Assumptions(Map.of(), Set.of(symbols));
    }

    /** Assumes that the symbol lies in the interval. */
    public static Assumptions in(Symbol symbol, Interval range) {
        return all(range, symbol);
    }

    private static Assumptions all(Interval range, Symbol... symbols) {
        Map<Symbol, Interval> ranges = new HashMap<>();
        Arrays.stream(symbols).forEach(symbol -> ranges.put(symbol, range));
        return new Assumptions(ranges, Set.of());
    }

    /** Returns the union of both sets of assumptions; the ranges of a symbol are intersected. */
    public Assumptions and(Assumptions other) {
        Map<Symbol, Interval> both = new HashMap<>(ranges);
        other.ranges.forEach((symbol, range) -> both.merge(symbol, range, Interval::meet));
        Set<Symbol> distinct = new HashSet<>(nonZero);
        distinct.addAll(other.nonZero);
        return new Assumptions(both, distinct);
    }

    public Interval range(Symbol symbol) {
        return ranges.getOrDefault(symbol, Interval.REALS);
    }

    boolean isEmpty() {
        return ranges.isEmpty() && nonZero.isEmpty();
    }
}
