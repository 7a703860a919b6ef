package org.sdescript.display;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * A list of records as a table: one row per record, one column per field. Of a long list only the first and last rows.
 *
 * @param total the number of records
 */
record RecordTable(List<String> head, List<List<String>> rows, int total) {
    private static final int ROWS = 16;
    private static final int FIRST = 12;
    private static final int LAST = 3;

    /** The table of a list of two or more records; empty for any other value. */
    static Optional<RecordTable> of(Value value) {
        return value instanceof Value.ListValue(List<Value> elements)
                        && elements.size() > 1
                        && elements.stream().allMatch(Value.RecordValue.class::isInstance)
                ? Optional.of(table(elements))
                : Optional.empty();
    }

    private static RecordTable table(List<Value> records) {
        Set<String> names = new LinkedHashSet<>();
        records.forEach(each -> names.addAll(((Value.RecordValue) each).fields().keySet()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (records.size() <= ROWS || i < FIRST || i >= records.size() - LAST) {
                rows.add(row(((Value.RecordValue) records.get(i)).fields(), names));
            } else if (i == FIRST) {
                rows.add(List.of("…"));
            }
        }
        return new RecordTable(List.copyOf(names), rows, records.size());
    }

    private static List<String> row(Map<String, Value> fields, Set<String> names) {
        return names.stream()
                .map(name -> fields.containsKey(name) ? ValueText.print(fields.get(name)) : "")
                .toList();
    }

    /** The number of records, if rows are left out. */
    private Optional<String> count() {
        return total <= ROWS ? Optional.empty() : Optional.of("(" + total + " rows)");
    }

    String text() {
        return new IndentedTable(head, rows).text()
                + count().map(rows -> "\n  " + rows).orElse("");
    }

    String html() {
        return "<table>\n<thead>" + line("th", head) + "</thead>\n<tbody>\n"
                + rows.stream().map(row -> line("td", row) + "\n").collect(Collectors.joining())
                + "</tbody>\n</table>"
                + count().map(rows -> "\n<p>" + rows + "</p>").orElse("");
    }

    private static String line(String element, List<String> cells) {
        return cells.stream()
                .map(cell -> "<" + element + ">" + escaped(cell) + "</" + element + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
