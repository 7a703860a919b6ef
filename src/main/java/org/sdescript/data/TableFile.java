package org.sdescript.data;

import java.nio.file.Path;
import org.sdescript.data.csv.CsvTable;
import org.sdescript.runtime.TableValue;

/** Writes tables as CSV files. */
public final class TableFile {
    private TableFile() {}

    public static void write(TableValue table, Path path) {
        RecordRows rows = RecordRows.of(table);
        CsvTable.write(rows.columns(), rows.cells(path), path);
    }
}
