package org.sdescript.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text table. Columns are as wide as their widest cell; columns of numbers are aligned right, other columns left.
 * Control characters are replaced.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final String NUMBER = "[−-]?(\\d.*|inf|nan)|…|";

    private final List<List<String>> rows = new ArrayList<>();
    private final int titles;

    /** @param head the titles of the columns, which are aligned like their columns; may be empty */
    public TextTable(List<String> head) {
        titles = head.isEmpty() ? 0 : 1;
        if (titles > 0) {
            row(head);
        }
    }

    /** Adds a row; missing cells at its end are empty. */
    public void row(List<String> cells) {
        rows.add(cells.stream().map(PrintableText::line).toList());
    }

    /** Returns the rows without blanks at their ends. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(c ->
                        rows.stream().mapToInt(row -> width(cell(row, c))).max().orElse(0))
                .toArray();
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            numeric[c] =
                    rows.stream().skip(titles).allMatch(row -> cell(row, column).matches(NUMBER));
        }
        return rows.stream().map(row -> line(row, widths, numeric)).toList();
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    private static String line(List<String> row, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = cell(row, c);
            String pad = " ".repeat(widths[c] - width(cell));
            line.append(c == 0 ? "" : GAP).append(numeric[c] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }

    /** Returns the number of columns that a text takes; combining marks such as the dot of β̇ take none. */
    public static int width(String text) {
        return (int) text.codePoints()
                .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .count();
    }
}
