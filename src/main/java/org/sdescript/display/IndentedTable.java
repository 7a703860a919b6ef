package org.sdescript.display;

import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.TextTable;

/** A table as the prompt shows it, set in by two blanks. */
public record IndentedTable(List<String> head, List<List<String>> rows) {
    public String text() {
        TextTable table = new TextTable(head);
        rows.forEach(table::row);
        return table.lines().stream().map(line -> ("  " + line).stripTrailing()).collect(Collectors.joining("\n"));
    }
}
