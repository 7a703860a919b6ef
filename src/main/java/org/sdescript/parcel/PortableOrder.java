package org.sdescript.parcel;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The order in which the entries of a map or set are written, so that equal values have equal bytes in every process. Maps
 * with an order of their own keep it; the order of others changes from process to process, so they are sorted by text.
 */
final class PortableOrder {
    private PortableOrder() {}

    static List<? extends Map.Entry<?, ?>> of(Map<?, ?> map) {
        List<? extends Map.Entry<?, ?>> entries = List.copyOf(map.entrySet().stream()
                .map(entry -> new java.util.AbstractMap.SimpleImmutableEntry<>(entry.getKey(), entry.getValue()))
                .toList());
        return isOrdered(map)
                ? entries
                : entries.stream()
                        .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                        .toList();
    }

    static Collection<?> of(Set<?> set) {
        return set instanceof LinkedHashSet<?> || set instanceof SortedSet<?>
                ? set
                : set.stream().sorted(Comparator.comparing(String::valueOf)).toList();
    }

    /** True for maps in the order of insertion or of their keys, and for views of maps, which records of values are. */
    private static boolean isOrdered(Map<?, ?> map) {
        return map instanceof LinkedHashMap<?, ?>
                || map instanceof SortedMap<?, ?>
                || map.getClass().getName().equals("java.util.Collections$UnmodifiableMap");
    }
}
