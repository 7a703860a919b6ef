package org.sdescript.data.csv;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;

/** Collects the rows whose length differs from the first row, for one error. */
final class UnevenRows {
    private static final int SHOWN = 5;

    private final int width;
    private final long firstLine;
    private final List<String> first = new ArrayList<>();
    private int count;

    UnevenRows(int width, long firstLine) {
        this.width = width;
        this.firstLine = firstLine;
    }

    void add(long line, int cells) {
        count++;
        if (first.size() < SHOWN) {
            first.add("line " + line + " has " + cells + (cells == 1 ? " cell" : " cells"));
        }
    }

    void raiseIfAny(String file) {
        if (count == 0) {
            return;
        }
        String rows = count == 1 ? " has a row" : " has " + count + " rows";
        Diagnostic fault = CsvFault.error(
                "E0716",
                file + rows + " without the " + width + (width == 1 ? " cell" : " cells") + " of line " + firstLine);
        for (String row : first) {
            fault = fault.note(row);
        }
        if (count > first.size()) {
            fault = fault.note("and " + (count - first.size()) + " more");
        }
        throw fault.help("a cell that holds a separator needs quotes: \"1,5\"").raise();
    }
}
