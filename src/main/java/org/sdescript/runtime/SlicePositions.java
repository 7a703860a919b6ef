package org.sdescript.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The positions of a slice, by Python's rule: bounds outside the sequence are clamped.
 *
 * @param from the first position
 * @param count the number of positions
 * @param step the distance to the next position, negative for a backward slice
 */
record SlicePositions(long from, long count, long step) {

    /** Resolves the bounds of a slice: null is an omitted bound, a negative bound counts from the end. */
    static SlicePositions of(@Nullable Long from, @Nullable Long to, long step, long size) {
        long least = step > 0 ? 0 : -1;
        long most = step > 0 ? size : size - 1;
        long first = from == null ? (step > 0 ? least : most) : Math.clamp(from < 0 ? from + size : from, least, most);
        long end = to == null ? (step > 0 ? most : least) : Math.clamp(to < 0 ? to + size : to, least, most);
        long count = step > 0 ? Math.ceilDiv(end - first, step) : Math.ceilDiv(first - end, -step);
        return new SlicePositions(first, Math.max(0, count), step);
    }

    static SlicePositions single(long position) {
        return new SlicePositions(position, 1, 1);
    }

    boolean isAll(long size) {
        return step == 1 && count == size;
    }

    int position(int i) {
        return Math.toIntExact(from + i * step);
    }
}
