package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.algebra.Latex;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.TextTable;

/** A matrix as text: for the terminal one line per row with aligned columns, and as LaTeX. */
final class MatrixText {
    private MatrixText() {}

    /** Returns the width of the widest line, in terminal columns. */
    static int width(List<String> lines) {
        return lines.stream().mapToInt(TextTable::width).max().orElse(0);
    }

    static List<String> of(String name, Matrix matrix) {
        List<List<String>> texts = matrix.rows().stream()
                .map(row -> row.stream().map(Text::of).toList())
                .toList();
        List<Integer> widths = IntStream.range(0, matrix.width())
                .mapToObj(j -> texts.stream()
                        .mapToInt(row -> TextTable.width(row.get(j)))
                        .max()
                        .orElse(0))
                .toList();
        String lead = name + " = ";
        List<String> rows = new ArrayList<>();
        for (List<String> row : texts) {
            String entries = IntStream.range(0, row.size())
                    .mapToObj(j -> padded(row.get(j), widths.get(j)))
                    .collect(Collectors.joining("   "));
            rows.add((rows.isEmpty() ? lead : " ".repeat(lead.length())) + "[ " + entries + " ]");
        }
        return rows;
    }

    static String latex(Matrix matrix) {
        return "\\begin{pmatrix} "
                + matrix.rows().stream()
                        .map(row -> row.stream().map(Latex::of).collect(Collectors.joining(" & ")))
                        .collect(Collectors.joining(" \\\\ "))
                + " \\end{pmatrix}";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - TextTable.width(text));
    }
}
