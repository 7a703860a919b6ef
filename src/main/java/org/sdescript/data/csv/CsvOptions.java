package org.sdescript.data.csv;

import java.util.List;

/**
 * Options for reading a CSV file.
 *
 * @param columns the selected columns, in this order; empty for all
 */
public record CsvOptions(Header header, List<Choice> columns, Missing missing) {
    public static final CsvOptions DEFAULT = new CsvOptions(Header.DETECTED, List.of(), Missing.REPORTED);

    public enum Header {
        DETECTED,
        PRESENT,
        ABSENT
    }

    /** The treatment of missing values: empty cells and the usual markers. Text in a cell is always an error. */
    public enum Missing {
        REPORTED,
        ROW_DROPPED,
        MEAN_FILLED
    }

    /** A column by its name or its index. */
    public sealed interface Choice {
        record Named(String name) implements Choice {}

        /** An index from 0; negative indices count from the end. */
        record At(int index) implements Choice {}
    }

    public CsvOptions {
        columns = List.copyOf(columns);
    }

    public CsvOptions header(Header choice) {
        return new CsvOptions(choice, columns, missing);
    }

    public CsvOptions columns(List<Choice> choices) {
        return new CsvOptions(header, choices, missing);
    }

    public CsvOptions missing(Missing choice) {
        return new CsvOptions(header, columns, choice);
    }
}
