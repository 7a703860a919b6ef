package org.sdescript.mutate.stdlib;

import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/**
 * One change of one file of the library.
 *
 * @param start the first character that is replaced
 * @param end the character after the last that is replaced
 * @param isDefault true of the default of a parameter
 * @param place the innermost expression or statement that holds the change, by its first character and the one after
 *     its last
 */
record LibraryMutant(
        Kind kind,
        String file,
        String text,
        int start,
        int end,
        String replacement,
        Range place,
        Range declaration,
        boolean isDefault) {
    enum Kind {
        OPERATOR,
        CONSTANT,
        NAME
    }

    /** Characters of a file, the last excluded. */
    record Range(int start, int end) {
        boolean holds(Range other) {
            return start <= other.start && other.end <= end;
        }

        int length() {
            return end - start;
        }
    }

    /** False where the change cannot be read, or means the same. */
    boolean isAnotherProgram() {
        Parsed changed = Parser.parse(new Source(file, mutated()));
        return !changed.hasErrors()
                && !changed.program()
                        .equals(Parser.parse(new Source(file, text)).program());
    }

    String mutated() {
        return text.substring(0, start) + replacement + text.substring(end);
    }

    int line() {
        return (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The line as it stands and as it is changed. */
    String description() {
        int from = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
        int to = text.indexOf('\n', end);
        String rest = text.substring(end, to < 0 ? text.length() : to);
        String head = text.substring(from, start);
        String change = "⟦" + text.substring(start, end) + " → " + replacement + "⟧";
        return (head + change + rest).strip().replaceAll("\\s+", " ");
    }
}
