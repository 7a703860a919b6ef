package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.interrupt.StopRequest;

/**
 * Rows of numbers, grouped by equal rows: samples by their conditions.
 *
 * @param rows the positions of equal rows, by their numbers, in the order of first appearance
 */
public record RowGroups(Map<List<Double>, List<Integer>> rows) {
    public RowGroups {
        rows = Collections.unmodifiableMap(rows);
    }

    /** @param flat n rows of one length, one after the other */
    public static RowGroups of(double[] flat, int n) {
        Map<List<Double>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            StopRequest.poll();
            groups.computeIfAbsent(row(flat, n, i), its -> new ArrayList<>()).add(i);
        }
        return new RowGroups(groups);
    }

    /** Returns one of n rows. The numbers −0 and 0 are one condition. */
    public static List<Double> row(double[] flat, int n, int i) {
        int size = flat.length / n;
        return Arrays.stream(flat, i * size, (i + 1) * size)
                .map(each -> each + 0.0)
                .boxed()
                .toList();
    }

    /** Returns the positions of the rows of these numbers; empty if there are none. */
    public List<Integer> of(List<Double> row) {
        return rows.getOrDefault(row, List.of());
    }

    /** Returns the numbers of a row for a message: a number alone, or a list. */
    public static String show(List<Double> row) {
        return row.size() == 1
                ? ValueText.number(row.getFirst())
                : ValueText.show(Value.list(row.stream().map(Value::number).toList()));
    }
}
