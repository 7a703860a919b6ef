package org.sdescript.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sdescript.runtime.TableText;
import org.sdescript.runtime.TableValue;

/** Tables in the markup of papers and pages: a {@code tabular} of LaTeX, a table of Markdown. */
final class TableMarkup {
    private static final Pattern SPECIAL = Pattern.compile("[&%$#_{}]");
    private static final Pattern NUMBER =
            Pattern.compile("(-?\\d+(?:\\.\\d+)?)(?:e(-?\\d+))?(?: ± (\\d+(?:\\.\\d+)?)(?:e(-?\\d+))?)?");

    private TableMarkup() {}

    static String latex(TableValue table) {
        TableText text = whole(table);
        StringBuilder lines = new StringBuilder("\\begin{tabular}{");
        for (int column = 0; column < text.head().size(); column++) {
            lines.append(isNumeric(text, column) ? 'r' : 'l');
        }
        lines.append("}\n\\hline\n").append(row(text.head())).append("\\hline\n");
        text.rows().forEach(cells -> lines.append(row(cells)));
        return lines.append("\\hline\n\\end{tabular}\n").toString();
    }

    private static TableText whole(TableValue table) {
        return TableText.of(table, Integer.MAX_VALUE);
    }

    private static boolean isNumeric(TableText text, int column) {
        return text.rows().stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(TableMarkup::cell).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    private static String cell(String cell) {
        Matcher number = NUMBER.matcher(cell);
        if (!number.matches()) {
            return escaped(cell);
        }
        String mean = power(number.group(1), number.group(2));
        return number.group(3) == null
                ? "$" + mean + "$"
                : "$" + mean + " \\pm " + power(number.group(3), number.group(4)) + "$";
    }

    private static String power(String mantissa, String exponent) {
        return exponent == null
                ? mantissa
                : (mantissa.equals("1") ? "" : mantissa + " \\cdot ") + "10^{" + exponent + "}";
    }

    private static String escaped(String text) {
        String plain = text.replace("\\", "\u0000").replace("~", "\u0001").replace("^", "\u0002");
        return SPECIAL.matcher(plain)
                .replaceAll(special -> Matcher.quoteReplacement("\\" + special.group()))
                .replace("\u0000", "\\textbackslash{}")
                .replace("\u0001", "\\textasciitilde{}")
                .replace("\u0002", "\\textasciicircum{}");
    }

    static String markdown(TableValue table) {
        TableText text = whole(table);
        StringBuilder lines = new StringBuilder(markdown(text.head())).append('|');
        for (int column = 0; column < text.head().size(); column++) {
            lines.append(isNumeric(text, column) ? " ---: |" : " --- |");
        }
        lines.append('\n');
        text.rows().forEach(cells -> lines.append(markdown(cells)));
        return lines.toString();
    }

    private static String markdown(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
