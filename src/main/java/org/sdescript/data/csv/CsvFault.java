package org.sdescript.data.csv;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;

/**
 * Builds the errors of CSV files, for the author of the script (E0701 to E0706 are in {@link FileFault}).
 *
 * <pre>
 * E0711  the file is empty
 * E0712  column names without rows
 * E0713  not a text file
 * E0714  text, but not UTF-8
 * E0715  an unclosed quote, or text after a closing quote
 * E0716  rows of different lengths
 * E0717  an unknown column
 * E0718  two columns with one name
 * E0719  cells that are empty or hold text
 * E0720  no rows after dropping, or no numbers for a mean
 * E0721  a damaged gzip file
 * E0722  an unknown format to save numbers in
 * E0723  more or fewer names than columns
 * E0724  more than two dimensions for the rows of a table
 * E0725  more numbers than fit into the memory
 * </pre>
 */
public final class CsvFault {
    private static final int NAMES_SHOWN = 12;

    private CsvFault() {}

    static SdeError empty(String file) {
        return error("E0711", file + " is empty").raise();
    }

    static SdeError noRows(String file) {
        return error("E0712", file + " has column names but no rows")
                .help("`header = false` reads the first line as numbers")
                .raise();
    }

    static SdeError tooLarge(String file) {
        return error("E0725", file + " has more numbers than the memory of Java holds")
                .help("divide it, or choose `columns`; more memory is SDE_JAVA_OPTIONS=-Xmx16g")
                .raise();
    }

    static SdeError notText(String file) {
        return error("E0713", file + " is not a text file")
                .help("`csv` reads numbers written as text, separated by commas, semicolons or tabs")
                .raise();
    }

    static SdeError sameName(String file, Column column, List<Column> all) {
        String places = all.stream()
                .filter(other -> other.name().equals(column.name()))
                .map(Column::index)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return error("E0718", file + " has several columns named \"" + FileText.shown(column.name()) + "\"")
                .help("choose by place, counted from 0: they are " + places + " in `columns = [" + places + "]`")
                .raise();
    }

    static SdeError unknownColumn(String file, String name, List<Column> all) {
        Diagnostic fault =
                error("E0717", file + " has no column \"" + name + "\"").note(available(all));
        List<String> names =
                all.stream().filter(Column::named).map(Column::name).toList();
        return Spelling.nearest(name, names)
                .map(nearest -> fault.help("did you mean \"" + nearest + "\"?"))
                .orElse(fault)
                .raise();
    }

    static SdeError noSuchPlace(String file, int index, List<Column> all) {
        return error("E0717", file + " has no column " + index + ": it has " + all.size() + ", counted from 0")
                .note(available(all))
                .raise();
    }

    static SdeError nothingLeft(String file) {
        return error("E0720", "every row of " + file + " has a missing value, so none is left")
                .help("leave the emptiest columns out with `columns = […]`, or fill them with `missing = \"mean\"`")
                .raise();
    }

    static SdeError nothingToAverage(String file, Column column) {
        return error("E0720", column.described() + " of " + file + " has no number to take the mean of")
                .help("leave it out with `columns = […]`")
                .raise();
    }

    /** Returns the error for an exception of the parser or the file system. */
    static SdeError reading(Path path, IOException cause) {
        String file = path.toString();
        return switch (cause) {
            case CharacterCodingException malformed -> notUtf8(path);
            case CSVException quotes -> quotes(file, quotes);
            case ZipException damaged -> damaged(file);
            case EOFException damaged -> damaged(file);
            case IOException other ->
                String.valueOf(other.getMessage()).contains("encapsulated token")
                        ? quotes(file, other)
                        : FileFault.reading(path, other);
        };
    }

    private static SdeError notUtf8(Path path) {
        try {
            return error("E0714", "line " + CsvText.undecodableLine(path) + " of " + path + " is not UTF-8 text")
                    .help("save it as UTF-8 (\"CSV UTF-8\" in Excel), or: iconv -f WINDOWS-1252 -t UTF-8")
                    .raise();
        } catch (IOException failure) {
            return reading(path, failure);
        }
    }

    private static SdeError quotes(String file, IOException cause) {
        Matcher line = Pattern.compile("line:? ?(\\d+)").matcher(String.valueOf(cause.getMessage()));
        String place = line.find() ? "line " + line.group(1) + " of " + file : file;
        boolean open = String.valueOf(cause.getMessage()).contains("EOF");
        return error(
                        "E0715",
                        open ? place + " opens a quote that never closes" : place + " goes on after a closing quote")
                .help("a quote inside a quoted cell is written twice: \"\"")
                .raise();
    }

    private static SdeError damaged(String file) {
        return error("E0721", file + " is a gzip file that is cut off or damaged")
                .raise();
    }

    private static String available(List<Column> all) {
        String names = all.stream().limit(NAMES_SHOWN).map(Column::literal).collect(Collectors.joining(", "));
        return "its columns are " + names + (all.size() > NAMES_SHOWN ? ", … (" + all.size() + " in all)" : "");
    }

    public static Diagnostic error(String code, String message) {
        return Diagnostic.error(code, null, message);
    }
}
