package org.sdescript.data.csv;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileText;

/** Collects the cells that are not numbers, for one error. */
final class UnusableCells {
    private static final int SHOWN = 5;
    private static final int COLUMNS_SHOWN = 8;
    private static final int TEXT_SHOWN = 30;

    private final List<String> first = new ArrayList<>();
    private final Set<Column> columns = new LinkedHashSet<>();
    private final Set<Column> textColumns = new LinkedHashSet<>();
    private int empty;
    private int text;
    private boolean textInFirstLine;

    void addEmpty(long line, Column column, String cell) {
        empty++;
        columns.add(column);
        show(line, column, cell.isEmpty() ? "empty" : "\"" + cell + "\"");
    }

    void addText(long line, Column column, String cell) {
        text++;
        columns.add(column);
        textColumns.add(column);
        textInFirstLine |= line == 1;
        show(line, column, "\"" + FileText.shown(cell, TEXT_SHOWN) + "\"");
    }

    private void show(long line, Column column, String cell) {
        if (first.size() < SHOWN) {
            first.add("line " + line + ", " + column.described() + ": " + cell);
        }
    }

    boolean isEmpty() {
        return empty + text == 0;
    }

    SdeError error(String file, List<Column> read) {
        Diagnostic fault = CsvFault.error("E0719", file + " has " + counted());
        for (String cell : first) {
            fault = fault.note(cell);
        }
        if (empty + text > first.size()) {
            fault = fault.note("and " + (empty + text - first.size()) + " more");
        }
        String help = help(read);
        return (help.isEmpty() ? fault : fault.help(help)).raise();
    }

    private String counted() {
        String without = empty + (empty == 1 ? " cell" : " cells") + " without a value";
        String texts = text + (text == 1 ? " cell that is not a number" : " cells that are not numbers");
        return empty == 0 ? texts : text == 0 ? without : without + " and " + texts;
    }

    private String help(List<Column> read) {
        List<String> ways = new ArrayList<>();
        if (textInFirstLine) {
            ways.add("`header = true` takes the first line as column names");
        }
        // missing values can be dropped or filled, so only the columns of text must be left out
        Set<Column> unwanted = text > 0 ? textColumns : columns;
        List<Column> usable =
                read.stream().filter(column -> !unwanted.contains(column)).toList();
        if (!usable.isEmpty() && usable.size() <= COLUMNS_SHOWN) {
            String list = usable.stream().map(Column::literal).collect(Collectors.joining(", "));
            ways.add("`columns = [" + list + "]` leaves " + names(unwanted) + " out");
        } else if (!usable.isEmpty()) {
            ways.add("`columns = […]` with the columns wanted leaves " + names(unwanted) + " out");
        }
        if (empty > 0) {
            ways.add("`missing = \"drop\"` skips rows without a value");
            ways.add("`missing = \"mean\"` fills in the column's mean");
        }
        return String.join("; ", ways);
    }

    private static String names(Set<Column> columns) {
        return columns.size() > 3
                ? "the other " + columns.size()
                : columns.stream().map(Column::literal).collect(Collectors.joining(", "));
    }
}
