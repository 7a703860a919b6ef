package org.sdescript.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;

/**
 * A table read from a CSV file.
 *
 * @param droppedRows rows left out because of missing values
 * @param filledCells missing values replaced by their column's mean
 */
public record CsvTable(Table table, int droppedRows, int filledCells) {

    /** Reads the numbers of a file, plain or compressed with gzip; whatever prevents that is raised as one error. */
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
            CsvShape shape = CsvShape.detect(head, options.header());
            return new CsvReading(path.toString(), shape, options).read(text);
        } catch (UncheckedIOException failure) {
            throw CsvFault.reading(path, failure.getCause());
        } catch (IOException failure) {
            throw CsvFault.reading(path, failure);
        }
    }

    /** Writes the rows, below the names if the table came with some; each number is the shortest that reads back the same. */
    public static void write(Table table, Path path) {
        AtomicFile.write(path, out -> new CsvWriting(out).write(table));
    }
}
