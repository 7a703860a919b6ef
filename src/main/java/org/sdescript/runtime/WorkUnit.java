package org.sdescript.runtime;

import java.util.List;

/**
 * One of the numbered parts of some work, which needs no other part: a range of the samples, or one call.
 *
 * @param number counted from 0
 * @param from the first sample
 * @param count the number of samples
 * @param own the arguments of this unit, such as its slice of the data
 */
public record WorkUnit(int number, int from, int count, List<Value> own) {
    public WorkUnit {
        own = List.copyOf(own);
    }

    /** Returns the units of {@code all} samples, {@code batch} each; the last may be smaller. */
    public static List<WorkUnit> of(int all, int batch) {
        List<WorkUnit> units = new java.util.ArrayList<>();
        for (int from = 0; from < all; from += batch) {
            units.add(new WorkUnit(units.size(), from, Math.min(batch, all - from), List.of()));
        }
        return units;
    }

    /** Returns this unit with arguments of its own. */
    public WorkUnit with(Value... arguments) {
        return new WorkUnit(number, from, count, List.of(arguments));
    }
}
