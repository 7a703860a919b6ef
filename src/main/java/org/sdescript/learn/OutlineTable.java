package org.sdescript.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.TextTable;
import org.sdescript.graph.DType;
import org.sdescript.runtime.kernel.NetworkOutline;

/**
 * Formats the layers of a network as a table: names indented by depth, output shapes, counts and shapes of
 * parameters.
 */
final class OutlineTable {
    private static final String INDENT = "  ";
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final int KIB = 1024;

    private OutlineTable() {}

    static List<String> of(List<NetworkOutline.Part> parts, DType precision) {
        TextTable table = new TextTable(List.of("layer", "output", "parameters"));
        parts.forEach(part -> add(part, "", table));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(total(parts, precision));
        return lines;
    }

    private static void add(NetworkOutline.Part part, String indent, TextTable table) {
        long own = part.parameters().values().stream()
                .mapToLong(shape -> shape.elements())
                .sum();
        String shapes = part.parameters().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        table.row(List.of(indent + part.name(), part.output(), own == 0 ? "" : grouped(own), shapes));
        part.parts().forEach(inner -> add(inner, indent + INDENT, table));
    }

    private static String total(List<NetworkOutline.Part> parts, DType precision) {
        long layers = parts.stream().mapToLong(NetworkOutline.Part::layers).sum();
        long count = parts.stream().mapToLong(NetworkOutline.Part::count).sum();
        return (layers == 1 ? "1 layer" : grouped(layers) + " layers") + ", "
                + (count == 1 ? "1 parameter" : grouped(count) + " parameters") + ", "
                + size(count * (precision == DType.FLOAT64 ? Double.BYTES : Float.BYTES)) + " in " + precision;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= KIB && unit < UNITS.length - 1) {
            size /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
    }
}
