package org.sdescript.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.diagnostic.TextTable;
import org.sdescript.graph.DType;

/**
 * The text of a table's cells: of a long table only the first and last rows.
 *
 * @param head the names of the columns
 * @param rows the cells; a row that stands for the rows left out has a single cell
 */
public record TableText(List<String> head, List<List<String>> rows, int total) {
    private static final int FIRST = 12;
    private static final int LAST = 3;
    private static final int LONGEST = 1000;
    private static final double LARGEST_WHOLE = 1e15;

    /** The standard deviation of a mean has two significant digits, and the mean as many decimals. */
    private static final int DIGITS_OF_SPREAD = 2;

    /** A standard deviation below this share of the mean is the rounding of equal numbers. */
    private static final double ROUNDING = 1e-12;

    public TableText {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** @param most the number of rows up to which a table is shown in full */
    public static TableText of(TableValue table, int most) {
        List<String> columns = table.columns().stream()
                .filter(column -> !table.spreads().containsValue(column))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        int total = table.rows().size();
        for (int i = 0; i < total; i++) {
            if (total <= most || i < FIRST || i >= total - LAST) {
                Value.RecordValue row = table.rows().get(i);
                rows.add(
                        columns.stream().map(column -> cell(table, row, column)).toList());
            } else if (i == FIRST) {
                rows.add(List.of("…"));
            }
        }
        return new TableText(columns, rows, total);
    }

    /** The lines that {@code print} writes. */
    static String plain(TableValue table) {
        TableText text = of(table, LONGEST);
        TextTable lines = new TextTable(text.head);
        text.rows.forEach(lines::row);
        List<String> all = new ArrayList<>();
        if (!table.title().isEmpty()) {
            all.add(table.title());
        }
        all.addAll(lines.lines());
        if (text.isShortened()) {
            all.add("(" + text.total + " rows)");
        }
        return String.join("\n", all);
    }

    public boolean isShortened() {
        return rows.size() < total;
    }

    private static String cell(TableValue table, Value.RecordValue row, String column) {
        Value value = TableValue.cell(row, column);
        String spread = table.spreads().get(column);
        if (spread != null
                && value instanceof Value.Num(double mean)
                && TableValue.cell(row, spread) instanceof Value.Num(double std)
                && Double.isFinite(std)) {
            return spread(mean, std, table.digits());
        }
        return cell(value, table.digits());
    }

    private static String cell(Value value, int digits) {
        return switch (value) {
            case Value.None gap -> "";
            case Value.Num(double number) -> number(number, digits);
            case Value.TensorValue tensor when isNumber(tensor) -> number(number(tensor), digits);
            default -> ValueText.print(value).lines().collect(Collectors.joining(" "));
        };
    }

    private static boolean isNumber(Value.TensorValue tensor) {
        return tensor.tensor().shape().elements() == 1 && tensor.tensor().dtype() != DType.BOOL;
    }

    /** Returns the number of a tensor of one element; float32 by its own digits, 0.1 and not 0.10000000149011612. */
    private static double number(Value.TensorValue tensor) {
        double item = tensor.tensor().item();
        return tensor.tensor().dtype() == DType.FLOAT32 ? Double.parseDouble(Float.toString((float) item)) : item;
    }

    /** Returns a cell as a number, string, truth value or gap; any other value as its text. */
    static Value plain(Value cell) {
        return switch (cell) {
            case Value.Num number -> number;
            case Value.Bool bool -> bool;
            case Value.Text text -> text;
            case Value.None gap -> gap;
            case Value.TensorValue tensor when isNumber(tensor) -> Value.number(number(tensor));
            default -> Value.text(ValueText.show(cell));
        };
    }

    /** Rounds to significant digits, but never digits before the point. */
    public static String number(double value, int digits) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
        if (whole || !Double.isFinite(value)) {
            return NumberText.of(value);
        }
        BigDecimal exact = new BigDecimal(value);
        int before = exact.precision() - exact.scale();
        return NumberText.of(exact.round(new MathContext(Math.max(digits, Math.max(1, before))))
                .doubleValue());
    }

    private static String spread(double mean, double std, int digits) {
        if (std <= ROUNDING * Math.abs(mean)) {
            return number(mean, digits) + " ± 0";
        }
        BigDecimal rounded = new BigDecimal(std).round(new MathContext(DIGITS_OF_SPREAD));
        int decimals = rounded.scale();
        boolean readable = decimals >= 0 && decimals <= digits + DIGITS_OF_SPREAD;
        return readable
                ? new BigDecimal(mean)
                                .setScale(decimals, RoundingMode.HALF_EVEN)
                                .toPlainString() + " ± " + rounded.toPlainString()
                : number(mean, digits) + " ± " + number(std, DIGITS_OF_SPREAD);
    }
}
