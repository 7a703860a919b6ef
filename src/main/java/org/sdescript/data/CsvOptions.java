package org.sdescript.data;

import java.util.List;

/**
 * How a CSV file is to be read where the file itself does not tell.
 *
 * @param columns the columns wanted, in this order; empty for all
 */
public record CsvOptions(Header header, List<Choice> columns, Missing missing) {
    public static final CsvOptions DEFAULT = new CsvOptions(Header.DETECTED, List.of(), Missing.REPORTED);

    public enum Header {
        DETECTED,
        PRESENT,
        ABSENT
    }

    /** What becomes of empty cells and the usual words for them; text is always an error. */
    public enum Missing {
        REPORTED,
        ROW_DROPPED,
        MEAN_FILLED
    }

    /** A column by its name in the header, or by its place. */
    public sealed interface Choice {
        record Named(String name) implements Choice {}

        /** From 0; negative from the end. */
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
