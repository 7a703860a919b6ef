package org.sdescript.data.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sdescript.data.csv.CsvOptions.Missing;
import org.sdescript.interrupt.StopRequest;

/** One pass over the records of a file: parses every cell and collects every cell that is not a number. */
final class CsvReading {
    /**
     * The largest count of numbers that fits into the heap twice, while collected and in their array, with a third in
     * reserve.
     */
    private static final long MOST_NUMBERS =
            Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / (3 * Double.BYTES));

    private final String file;
    private final CsvFormat shape;
    private final CsvOptions options;
    private final UnusableCells unusable = new UnusableCells();
    private final DoubleStream.Builder cells = DoubleStream.builder();
    private List<Column> columns = List.of();
    private int rows;
    private int dropped;

    CsvReading(String file, CsvFormat shape, CsvOptions options) {
        this.file = file;
        this.shape = shape;
        this.options = options;
    }

    CsvTable read(Reader text) throws IOException {
        try (CSVParser parser = shape.format().parse(text)) {
            Iterator<CSVRecord> records = parser.iterator();
            CSVRecord first = records.next();
            List<Column> all = Column.of(first.stream().map(String::strip).toArray(String[]::new), shape.header());
            columns = Column.chosen(file, all, options.columns());
            UnevenRows uneven = new UnevenRows(all.size(), line(parser, first));
            if (!shape.header()) {
                readRow(first, line(parser, first));
            }
            while (records.hasNext()) {
                CSVRecord record = records.next();
                long line = line(parser, record);
                if (record.size() == all.size()) {
                    readRow(record, line);
                } else if (!isBlank(record)) {
                    uneven.add(line, record.size());
                }
            }
            uneven.raiseIfAny(file);
            return finished();
        }
    }

    /** Returns the first line of a record. The parser reports the last line, and quoted cells may contain line ends. */
    private static long line(CSVParser parser, CSVRecord record) {
        return parser.getCurrentLineNumber()
                - record.stream()
                        .mapToLong(cell -> cell.chars().filter(c -> c == '\n').count())
                        .sum();
    }

    private static boolean isBlank(CSVRecord record) {
        return record.size() == 1 && record.get(0).isBlank();
    }

    private void readRow(CSVRecord record, long line) {
        double[] row = new double[columns.size()];
        boolean incomplete = false;
        for (int k = 0; k < row.length; k++) {
            Column column = columns.get(k);
            String cell = record.get(column.index()).strip();
            row[k] = CellText.number(cell, shape.decimalComma());
            if (Double.isNaN(row[k])) {
                if (!CellText.isMissing(cell)) {
                    unusable.addText(line, column, cell);
                } else if (options.missing() == Missing.REPORTED) {
                    unusable.addEmpty(line, column, cell);
                }
                incomplete = true;
            }
        }
        if (incomplete && options.missing() == Missing.ROW_DROPPED) {
            dropped++;
            return;
        }
        rows++;
        if ((long) rows * row.length > MOST_NUMBERS) {
            throw CsvFault.tooLarge(file);
        }
        for (double number : row) {
            cells.add(number);
        }
    }

    private CsvTable finished() {
        if (!unusable.isEmpty()) {
            throw unusable.error(file, columns);
        }
        if (rows == 0) {
            throw dropped > 0 ? CsvFault.nothingLeft(file) : CsvFault.noRows(file);
        }
        double[] numbers = cells.build().toArray();
        int filled = options.missing() == Missing.MEAN_FILLED ? fillMeans(numbers) : 0;
        List<String> names = columns.stream().map(Column::name).toList();
        return new CsvTable(new Table(file, names, shape.header(), numbers), dropped, filled);
    }

    private int fillMeans(double[] numbers) {
        int filled = 0;
        for (int k = 0; k < columns.size(); k++) {
            StopRequest.poll();
            double mean = mean(numbers, k);
            for (int i = k; i < numbers.length; i += columns.size()) {
                if (Double.isNaN(numbers[i])) {
                    numbers[i] = mean;
                    filled++;
                }
            }
        }
        return filled;
    }

    private double mean(double[] numbers, int column) {
        double sum = 0;
        int count = 0;
        for (int i = column; i < numbers.length; i += columns.size()) {
            if (!Double.isNaN(numbers[i])) {
                sum += numbers[i];
                count++;
            }
        }
        if (count == 0) {
            throw CsvFault.nothingToAverage(file, columns.get(column));
        }
        return sum / count;
    }
}
