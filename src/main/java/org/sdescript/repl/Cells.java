package org.sdescript.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A text table: columns of numbers are aligned right, other columns left. */
record Cells(List<String> head, List<List<String>> rows) {
    private static final String GAP = "  ";
    private static final String NUMBER = "[−-]?(\\d.*|inf|nan)|…|";

    String text() {
        List<List<String>> all = new ArrayList<>();
        if (!head.isEmpty()) {
            all.add(head);
        }
        all.addAll(rows);
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] =
                    all.stream().mapToInt(row -> width(cell(row, column))).max().orElse(0);
            numeric[c] = rows.stream().allMatch(row -> cell(row, column).matches(NUMBER));
        }
        return all.stream().map(row -> line(row, widths, numeric)).collect(Collectors.joining("\n"));
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String line(List<String> row, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = cell(row, c);
            String pad = " ".repeat(widths[c] - width(cell));
            line.append(GAP).append(numeric[c] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }
}
