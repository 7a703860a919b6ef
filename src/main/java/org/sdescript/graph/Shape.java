package org.sdescript.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The sizes of a tensor's axes; a single element has no axes. */
public record Shape(List<Long> sizes) {
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        sizes = List.copyOf(sizes);
        for (long size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in " + sizes);
            }
        }
    }

    public static Shape of(long... sizes) {
        return new Shape(LongStream.of(sizes).boxed().toList());
    }

    public int rank() {
        return sizes.size();
    }

    public long size(int axis) {
        return sizes.get(axis);
    }

    public long elements() {
        if (sizes.contains(0L)) {
            return 0;
        }
        long count = 1;
        for (long size : sizes) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** True if the number of elements fits into a long. */
    public boolean isCountable() {
        return sizes.contains(0L)
                || sizes.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b) < 0x1p63;
    }

    public long[] toArray() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns the shape with one more axis in front. */
    public Shape prepended(long size) {
        List<Long> longer = new ArrayList<>(List.of(size));
        longer.addAll(sizes);
        return new Shape(longer);
    }

    /** Returns the shape with another size on one axis. */
    public Shape with(int axis, long size) {
        List<Long> changed = new ArrayList<>(sizes);
        changed.set(axis, size);
        return new Shape(changed);
    }

    /** Returns {@code [64, 2]}, in the syntax of scripts. */
    @Override
    public String toString() {
        return sizes.toString();
    }
}
