package org.sdescript.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header dictionary of an .npy file: a Python literal with exactly the keys descr, fortran_order and shape
 * (numpy/lib/format.py, read_array_header).
 *
 * @param descr the element type, such as {@code <f4}; empty if it is not a string, as for structured types
 */
record NpyHeader(Optional<String> descr, boolean byColumns, long[] shape) {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:'([^'\\\\]*)'|\"([^\"\\\\]*)\"|(\\w+)|([{}():,\\[\\]]))");
    private static final Pattern SIZE = Pattern.compile("(\\d+)L?");
    private static final int LONGEST_SIZE = 18;
    private static final int MOST_AXES = 32;

    /** Parses a header; empty if the text is not such a dictionary. */
    static Optional<NpyHeader> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            tokens.add(quoted != null ? "'" + quoted : matcher.group().strip());
            at = matcher.end();
        }
        return text.substring(at).isBlank() ? new Reading(tokens).header() : Optional.empty();
    }

    /** A parser over the tokens of the literal; string tokens begin with a quote. */
    private static final class Reading {
        private final List<String> tokens;
        private int at;

        Reading(List<String> tokens) {
            this.tokens = tokens;
        }

        private boolean skip(String token) {
            boolean isThere = at < tokens.size() && tokens.get(at).equals(token);
            at += isThere ? 1 : 0;
            return isThere;
        }

        Optional<NpyHeader> header() {
            Map<String, List<String>> values = new HashMap<>();
            if (!skip("{")) {
                return Optional.empty();
            }
            while (at + 1 < tokens.size()
                    && tokens.get(at).startsWith("'")
                    && tokens.get(at + 1).equals(":")) {
                String key = tokens.get(at);
                at += 2;
                if (values.putIfAbsent(key, value()) != null) {
                    return Optional.empty();
                }
                if (!skip(",")) {
                    break;
                }
            }
            boolean isWhole = skip("}") && at == tokens.size() && values.size() == 3;
            return isWhole ? header(values) : Optional.empty();
        }

        /** Returns the tokens before the comma or bracket that ends the value. */
        private List<String> value() {
            int start = at;
            int depth = 0;
            while (at < tokens.size() && (depth > 0 || !List.of(",", "}").contains(tokens.get(at)))) {
                depth += "([{".contains(tokens.get(at)) ? 1 : ")]}".contains(tokens.get(at)) ? -1 : 0;
                at++;
            }
            return tokens.subList(start, at);
        }

        private static Optional<NpyHeader> header(Map<String, List<String>> values) {
            List<String> descr = values.getOrDefault("'descr", List.of());
            List<String> order = values.getOrDefault("'fortran_order", List.of());
            Optional<long[]> shape = shape(values.getOrDefault("'shape", List.of()));
            boolean isSaid = !descr.isEmpty() && (order.equals(List.of("True")) || order.equals(List.of("False")));
            boolean isString = descr.size() == 1 && descr.getFirst().startsWith("'");
            return shape.filter(sizes -> isSaid)
                    .map(sizes -> new NpyHeader(
                            isString ? Optional.of(descr.getFirst().substring(1)) : Optional.empty(),
                            order.getFirst().equals("True"),
                            sizes));
        }

        private static Optional<long[]> shape(List<String> tuple) {
            if (tuple.size() < 2
                    || !tuple.getFirst().equals("(")
                    || !tuple.getLast().equals(")")) {
                return Optional.empty();
            }
            List<String> inner = tuple.subList(1, tuple.size() - 1);
            List<Long> sizes = new ArrayList<>();
            for (int i = 0; i < inner.size(); i++) {
                Matcher size = SIZE.matcher(inner.get(i));
                if (i % 2 == 0 && size.matches()) {
                    sizes.add(size.group(1).length() > LONGEST_SIZE ? Long.MAX_VALUE : Long.parseLong(size.group(1)));
                } else if (i % 2 == 0 || !inner.get(i).equals(",")) {
                    return Optional.empty();
                }
            }
            boolean isTuple = sizes.size() != 1 || inner.size() == 2; // (3,) is a tuple, (3) is not
            return isTuple && sizes.size() <= MOST_AXES
                    ? Optional.of(sizes.stream().mapToLong(Long::longValue).toArray())
                    : Optional.empty();
        }
    }
}
