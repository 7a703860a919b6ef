package org.sdescript.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of numbers, and lists of such lists or arrays of one shape, as one array. */
final class NestedLists {
    private NestedLists() {}

    /** Returns the array; empty if an element is no number, or if the rows differ in shape. */
    static Optional<NdArray> read(List<?> rows) {
        List<NdArray> parts = new ArrayList<>();
        for (Object row : rows) {
            Optional<NdArray> part = part(row);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return stacked(parts);
    }

    private static Optional<NdArray> part(Object row) {
        return switch (row) {
            case Double number -> Optional.of(NdArray.of(new double[] {number}));
            case NdArray array -> Optional.of(array);
            case List<?> inner -> read(inner);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<NdArray> stacked(List<NdArray> parts) {
        int[] inner = parts.isEmpty() ? new int[0] : parts.getFirst().shape();
        int[] shape = new int[inner.length + 1];
        shape[0] = parts.size();
        System.arraycopy(inner, 0, shape, 1, inner.length);
        double[] values =
                new double[parts.stream().mapToInt(part -> part.values().length).sum()];
        int from = 0;
        for (NdArray part : parts) {
            if (!java.util.Arrays.equals(part.shape(), inner)) {
                return Optional.empty();
            }
            System.arraycopy(part.values(), 0, values, from, part.values().length);
            from += part.values().length;
        }
        return Optional.of(NdArray.of(values, null, shape));
    }
}
