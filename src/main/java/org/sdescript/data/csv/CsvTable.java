package org.sdescript.data.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;

/**
 * A table read from a CSV file.
 *
 * @param droppedRows the number of rows dropped because of missing values
 * @param filledCells the number of missing values replaced by the mean of their column
 */
public record CsvTable(Table table, int droppedRows, int filledCells) {

    /** Reads the numbers of a plain or gzip-compressed file; throws one error for any problem. */
    public static CsvTable read(Path path, CsvOptions options) {
        FileFault.requireReadable(path);
        try (BufferedReader text = CsvText.open(path)) {
            String head = CsvText.head(text);
            if (head.isBlank()) {
                throw CsvFault.empty(path.toString());
            }
            if (head.indexOf('\0') >= 0) {
                throw CsvFault.notText(path.toString());
            }
            CsvFormat shape = CsvFormat.detect(head, options.header());
            return new CsvReading(path.toString(), shape, options).read(text);
        } catch (UncheckedIOException failure) {
            throw CsvFault.reading(path, Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            throw CsvFault.reading(path, failure);
        }
    }

    /**
     * Writes the rows, below the column names if the table has names from a file; each number in its shortest form
     * that reads back the same.
     */
    public static void write(Table table, Path path) {
        AtomicFile.write(path, out -> new CsvWriting(out).write(table));
    }

    /** Writes rows of numbers, truth values and strings below their column names. */
    public static void write(List<String> columns, List<List<Object>> rows, Path path) {
        AtomicFile.write(path, out -> new CsvWriting(out).write(columns, rows));
    }
}
