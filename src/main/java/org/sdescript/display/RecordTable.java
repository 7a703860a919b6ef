package org.sdescript.display;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.runtime.TableText;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.Value;

/**
 * A table, or a list of records as a table: one row per record, one column per field. Of a long one only the first and
 * last rows.
 *
 * @param total the number of records
 */
record RecordTable(String title, List<String> head, List<List<String>> rows, int total) {
    private static final int ROWS = 16;

    /** As many digits as a double has. */
    private static final int ALL_DIGITS = 17;

    /** The table of a table, or of a list of two or more records; empty for any other value. */
    static Optional<RecordTable> of(Value value) {
        return switch (value) {
            case Tabular tabular -> Optional.of(of(tabular.table()));
            case Value.ListValue(List<Value> elements)
            when elements.size() > 1 && elements.stream().allMatch(Value.RecordValue.class::isInstance) ->
                Optional.of(of(TableValue.of(
                        elements.stream().map(Value.RecordValue.class::cast).toList(), "", ALL_DIGITS)));
            default -> Optional.empty();
        };
    }

    private static RecordTable of(TableValue table) {
        TableText text = TableText.of(table, ROWS);
        return new RecordTable(table.title(), text.head(), text.rows(), text.total());
    }

    /** The number of records, if rows are left out. */
    private Optional<String> count() {
        return total <= ROWS ? Optional.empty() : Optional.of("(" + total + " rows)");
    }

    String text() {
        return (title.isEmpty() ? "" : title + "\n")
                + new IndentedTable(head, rows).text()
                + count().map(rows -> "\n  " + rows).orElse("");
    }

    String html() {
        String caption = title.isEmpty() ? "" : "<caption>" + escaped(title) + "</caption>\n";
        return "<table>\n" + caption + "<thead>" + line("th", head) + "</thead>\n<tbody>\n"
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
