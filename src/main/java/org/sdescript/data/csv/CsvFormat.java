package org.sdescript.data.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The format of a CSV file, inferred from its first lines: the separator, and whether the first row holds names. */
record CsvFormat(char separator, boolean header) {
    private static final int RECORDS_LOOKED_AT = 50;

    static CsvFormat detect(String head, CsvOptions.Header choice) {
        Trial best = Stream.of(',', ';', '\t')
                .map(separator -> Trial.of(head, separator))
                .max(Comparator.comparingDouble(Trial::plausibility).thenComparingInt(Trial::width))
                .orElseThrow();
        boolean header =
                switch (choice) {
                    case PRESENT -> true;
                    case ABSENT -> false;
                    case DETECTED -> best.startsWithNames();
                };
        return new CsvFormat(best.separator, header);
    }

    CSVFormat format() {
        return format(separator);
    }

    /** True if a comma may be a decimal separator, since the cells are separated by semicolons or tabs. */
    boolean decimalComma() {
        return separator != ',';
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(separator != '\t')
                .setIgnoreEmptyLines(true)
                .get();
    }

    /** The first records, split by one separator. */
    private record Trial(char separator, List<String[]> records) {
        static Trial of(String head, char separator) {
            List<String[]> records = new ArrayList<>();
            try (CSVParser parser = CSVParser.parse(head, format(separator))) {
                for (CSVRecord record : parser) {
                    records.add(record.stream().map(String::strip).toArray(String[]::new));
                    if (records.size() == RECORDS_LOOKED_AT) {
                        break;
                    }
                }
            } catch (IOException | UncheckedIOException malformed) {
                // the records before the fault suffice; the actual reading reports the fault
            }
            return new Trial(separator, records);
        }

        int width() {
            return records.isEmpty() ? 0 : records.getFirst().length;
        }

        /**
         * Scores a separator: higher for rows of equal length and numbers below the first row, −1 if it never splits
         * a cell.
         */
        double plausibility() {
            if (width() < 2 && separator != ',') {
                return -1;
            }
            List<String[]> even =
                    records.stream().filter(record -> record.length == width()).toList();
            double numbers = even.stream()
                    .skip(1)
                    .flatMap(Stream::of)
                    .mapToInt(cell -> isNumber(cell) || CellText.isMissing(cell) ? 1 : 0)
                    .average()
                    .orElse(0);
            return even.size() / (double) Math.max(1, records.size()) * (0.1 + numbers);
        }

        /** True if most numeric columns start with text, or if no cell of the first row is a number. */
        boolean startsWithNames() {
            if (records.isEmpty()) {
                return false;
            }
            String[] first = records.getFirst();
            int[] numeric =
                    IntStream.range(0, width()).filter(this::isNumericBelow).toArray();
            long names = IntStream.of(numeric).filter(k -> isText(first[k])).count();
            long numbers = IntStream.of(numeric).filter(k -> isNumber(first[k])).count();
            return numeric.length > 0
                    ? names > numbers
                    : Stream.of(first).noneMatch(this::isNumber)
                            && Stream.of(first).anyMatch(this::isText);
        }

        private boolean isNumericBelow(int column) {
            List<String> below = records.stream()
                    .skip(1)
                    .filter(record -> column < record.length)
                    .map(record -> record[column])
                    .filter(cell -> !CellText.isMissing(cell))
                    .toList();
            return below.stream().filter(this::isNumber).count() * 2 > below.size();
        }

        private boolean isText(String cell) {
            return !isNumber(cell) && !CellText.isMissing(cell);
        }

        private boolean isNumber(String cell) {
            return !Double.isNaN(CellText.number(cell, separator != ','));
        }
    }
}
