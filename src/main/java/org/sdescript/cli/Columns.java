package org.sdescript.cli;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.diagnostic.PrintableText;

/** A text table whose columns are as wide as their widest cell. Control characters are replaced. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    void row(List<String> words) {
        rows.add(words.stream().map(PrintableText::line).toList());
    }

    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .repeat(" ", widths.get(i) - row.get(i).length())
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
