package org.sdescript.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.files.FileText;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * The header of a safetensors file, checked as a whole before any element is read: every entry has a type, a shape and
 * a place, and the places fill the rest of the file without gaps or overlaps, as the format requires.
 *
 * @param tensors by name, in the order of the header
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    private static final int MOST_AXES = 64;

    /** @param from the first byte, counted from the end of the header */
    record Entry(DType dtype, Shape shape, long from, long to) {}

    /** The error for an invalid header; the message continues "is not a safetensors file that can be read". */
    static final class Malformed extends Exception {
        private Malformed(String why) {
            super(why, null, false, false);
        }
    }

    /** @param size length of the file after the header, in bytes */
    static SafetensorsHeader of(ObjectNode header, long size) throws Malformed {
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(METADATA)) {
                metadata.putAll(words(entry.getValue()));
            } else {
                tensors.put(entry.getKey(), entry(entry.getKey(), entry.getValue()));
            }
        }
        requireFilled(tensors, size);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static Map<String, String> words(JsonNode metadata) throws Malformed {
        Map<String, String> words = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> word : metadata.properties()) {
            if (!word.getValue().isTextual()) {
                throw new Malformed("`" + FileText.shown(word.getKey()) + "` of its metadata is not a string");
            }
            words.put(word.getKey(), word.getValue().asText());
        }
        if (!metadata.isObject()) {
            throw new Malformed("its metadata is not an object of JSON");
        }
        return words;
    }

    private static Entry entry(String name, JsonNode node) throws Malformed {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new Malformed(
                        "`" + FileText.shown(name) + "` has a field `" + FileText.shown(field.getKey()) + "`");
            }
        }
        DType dtype = dtype(name, node.path("dtype").asText());
        List<Long> sizes = wholes(name, node.path("shape"));
        List<Long> place = wholes(name, node.path("data_offsets"));
        if (place.size() != 2 || place.get(0) > place.get(1) || sizes.size() > MOST_AXES) {
            throw new Malformed("the place of `" + FileText.shown(name) + "` does not fit");
        }
        if (bytes(name, sizes, dtype) != place.get(1) - place.get(0)) {
            throw new Malformed("the place of `" + FileText.shown(name) + "` does not fit");
        }
        return new Entry(dtype, new Shape(sizes), place.get(0), place.get(1));
    }

    private static List<Long> wholes(String name, JsonNode array) throws Malformed {
        List<Long> wholes = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isIntegralNumber() || !element.canConvertToLong() || element.asLong() < 0) {
                throw new Malformed("a size or place of `" + FileText.shown(name) + "` is no whole number from 0");
            }
            wholes.add(element.asLong());
        }
        if (!array.isArray()) {
            throw new Malformed("`" + FileText.shown(name) + "` says neither shape nor place");
        }
        return wholes;
    }

    private static long bytes(String name, List<Long> sizes, DType dtype) throws Malformed {
        try {
            return sizes.contains(0L) ? 0 : Math.multiplyExact(new Shape(sizes).elements(), (long) dtype.bytes());
        } catch (ArithmeticException beyondLong) {
            throw new Malformed("the shape of `" + FileText.shown(name) + "` is beyond any file");
        }
    }

    private static void requireFilled(Map<String, Entry> tensors, long size) throws Malformed {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> it) -> it.getValue().from())
                .thenComparingLong(it -> it.getValue().to()));
        long at = 0;
        for (Map.Entry<String, Entry> each : inOrder) {
            if (each.getValue().from() != at) {
                throw new Malformed(
                        "the place of `" + FileText.shown(each.getKey()) + "` does not follow on the one before");
            }
            if (each.getValue().to() - at > Integer.MAX_VALUE - 8) {
                throw new Malformed("`" + FileText.shown(each.getKey()) + "` has more than 2 GiB");
            }
            at = each.getValue().to();
        }
        if (at != size) {
            throw new Malformed("its header tells of " + at + " bytes of elements, and " + size + " follow");
        }
    }

    static String name(DType dtype) {
        return switch (dtype) {
            case BOOL -> "BOOL";
            case INT64 -> "I64";
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
        };
    }

    private static DType dtype(String tensor, String name) throws Malformed {
        for (DType dtype : DType.values()) {
            if (name(dtype).equals(name)) {
                return dtype;
            }
        }
        throw new Malformed("`" + FileText.shown(tensor) + "` has elements of type " + FileText.shown(name)
                + ", which are not read");
    }
}
