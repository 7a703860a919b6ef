package org.sdescript.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.data.csv.CsvOptions.Choice;
import org.sdescript.data.csv.CsvOptions.Header;
import org.sdescript.data.csv.CsvOptions.Missing;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;

class CsvTableTest {
    @TempDir
    Path folder;

    private final CsvOptions options = CsvOptions.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n3,4\n",
                "a,b\r\n1,2\r\n3,4",
                "\uFEFFa;b\n1;2\n3;4\n",
                "a\tb\n1\t2\n\n3\t4\n\n",
                "\"a\" , \"b\"\n 1 , \"2\"\n3,4",
                "a;b\n1,0;2,0\n3,0;4,0",
                "a, b\n1.0e0, +2\n.3e1, 4.\n"
            })
    void separators_quotes_line_ends_and_marks_are_recognised(String text) {
        Table table = read(text);
        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.named()).isTrue();
        assertThat(table.cells()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void utf_16_with_a_mark_is_read() throws IOException {
        Path path = folder.resolve("t.csv");
        Files.write(path, "ä\tb\n1\t2\n".getBytes(StandardCharsets.UTF_16));
        assertThat(CsvTable.read(path, options).table().columns()).containsExactly("ä", "b");
    }

    @Test
    void gzip_is_recognised_by_content() throws IOException {
        Path path = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(CsvTable.read(path, options).table().cells()).containsExactly(1, 2);
    }

    @Test
    void a_damaged_gzip_is_named() throws IOException {
        Path path = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 6));
        assertThat(fault(path, options).message()).isEqualTo(path + " is a gzip file that is cut off or damaged");
    }

    @Test
    void without_names_the_first_line_is_a_row() {
        Table table = read("1,2\n3,4\n");
        assertThat(table.named()).isFalse();
        assertThat(table.columns()).containsExactly("column_0", "column_1");
        assertThat(table.rows()).isEqualTo(2);
    }

    @Test
    void one_wrong_cell_in_the_first_line_does_not_make_it_a_header() {
        Diagnostic fault = fault("1.5,oops,2\n1,2,3\n4,5,6\n", options);
        assertThat(fault.notes()).containsExactly("line 1, column 1: \"oops\"");
        assertThat(fault.help().orElseThrow())
                .startsWith("`header = true` takes the first line as column names; `columns = [0, 2]` leaves 1 out");
    }

    @Test
    void the_header_can_be_decided_by_hand() {
        assertThat(read("2019,2020\n1,2\n", options.header(Header.PRESENT)).columns())
                .containsExactly("2019", "2020");
        assertThat(fault("a,b\n1,2\n", options.header(Header.ABSENT)).notes())
                .containsExactly("line 1, column 0: \"a\"", "line 1, column 1: \"b\"");
    }

    @Test
    void an_unnamed_index_column_is_known_by_its_place() {
        assertThat(read(",a\n0,5\n1,6\n").columns()).containsExactly("column_0", "a");
    }

    @Test
    void columns_are_chosen_by_name_and_by_place() {
        String text = "a,b,c\n1,2,x\n4,5,y\n";
        List<Choice> choices = List.of(new Choice.Named("b"), new Choice.At(0));
        assertThat(read(text, options.columns(choices)).cells()).containsExactly(2, 1, 5, 4);
        assertThat(read(text, options.columns(List.of(new Choice.At(-2)))).columns())
                .containsExactly("b");
    }

    @Test
    void an_unknown_column_suggests_the_nearest() {
        Diagnostic fault = fault("Height,weight\n1,2\n", options.columns(List.of(new Choice.Named("hieght"))));
        assertThat(fault.message()).isEqualTo(folder.resolve("t.csv") + " has no column \"hieght\"");
        assertThat(fault.notes()).containsExactly("its columns are \"Height\", \"weight\"");
        assertThat(fault.help()).contains("did you mean \"Height\"?");
        assertThat(fault("a,b\n1,2\n", options.columns(List.of(new Choice.At(2))))
                        .message())
                .endsWith(" has no column 2: it has 2, counted from 0");
    }

    @Test
    void two_columns_of_one_name_have_to_be_told_apart() {
        String text = "a,b,a\n1,2,3\n";
        assertThat(fault(text, options).message()).endsWith(" has several columns named \"a\"");
        assertThat(fault(text, options.columns(List.of(new Choice.Named("a")))).help())
                .contains("choose by place, counted from 0: they are 0, 2 in `columns = [0, 2]`");
        assertThat(read(text, options.columns(List.of(new Choice.Named("b")))).cells())
                .containsExactly(2);
        assertThat(read(text, options.columns(List.of(new Choice.At(2)))).cells())
                .containsExactly(3);
    }

    @Test
    void cells_without_a_value_and_text_are_reported_together_with_line_and_column() {
        Diagnostic fault = fault("age,city,x\n1,Rome,5\n,Paris,NA\n3,Oslo,7\n?,Bern,8", options);
        assertThat(fault.message())
                .isEqualTo(folder.resolve("t.csv") + " has 3 cells without a value and 4 cells that are not numbers");
        assertThat(fault.notes())
                .containsExactly(
                        "line 2, column \"city\": \"Rome\"",
                        "line 3, column \"age\": empty",
                        "line 3, column \"city\": \"Paris\"",
                        "line 3, column \"x\": \"NA\"",
                        "line 4, column \"city\": \"Oslo\"",
                        "and 2 more");
        assertThat(fault.help())
                .contains("`columns = [\"age\", \"x\"]` leaves \"city\" out; `missing = \"drop\"` skips rows without"
                        + " a value; `missing = \"mean\"` fills in the column's mean");
    }

    @Test
    void lines_are_counted_as_an_editor_counts_them() {
        Diagnostic fault = fault("a,\"b\nc\"\n1,2\n\n\"3\n\",x\n5,y", options);
        assertThat(fault.notes()).containsExactly("line 5, column \"b⏎c\": \"x\"", "line 7, column \"b⏎c\": \"y\"");
    }

    @Test
    void missing_values_are_dropped_or_filled_when_asked() {
        Path path = file("a,b\n1,2\n,4\nnull,6\n5,n/a\n");
        CsvTable dropped = CsvTable.read(path, options.missing(Missing.ROW_DROPPED));
        assertThat(dropped.table().cells()).containsExactly(1, 2);
        assertThat(dropped.droppedRows()).isEqualTo(3);
        CsvTable filled = CsvTable.read(path, options.missing(Missing.MEAN_FILLED));
        assertThat(filled.table().cells()).containsExactly(1, 2, 3, 4, 3, 6, 5, 4);
        assertThat(filled.filledCells()).isEqualTo(3);
    }

    @Test
    void dropping_and_filling_need_something_to_keep() {
        assertThat(fault("a,b\n1,\n,2\n", options.missing(Missing.ROW_DROPPED)).message())
                .isEqualTo("every row of " + folder.resolve("t.csv") + " has a missing value, so none is left");
        assertThat(fault("a,b\n1,\n2,\n", options.missing(Missing.MEAN_FILLED)).message())
                .isEqualTo("column \"b\" of " + folder.resolve("t.csv") + " has no number to take the mean of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "Infinity", "inf", "1e999", "1 2", "--1", "1e"})
    void what_only_looks_like_a_number_is_text(String cell) {
        assertThat(fault("a,b\n1,2\n3," + cell + "\n", options).notes())
                .containsExactly("line 3, column \"b\": \"" + cell + "\"");
    }

    @Test
    void rows_of_other_lengths_are_listed() {
        Diagnostic fault = fault("a,b\n1,2\n3\n4,5,6\n", options);
        assertThat(fault.message()).isEqualTo(folder.resolve("t.csv") + " has 2 rows without the 2 cells of line 1");
        assertThat(fault.notes()).containsExactly("line 3 has 1 cell", "line 4 has 3 cells");
    }

    @Test
    void files_without_rows_say_so() {
        assertThat(fault("", options).message()).isEqualTo(folder.resolve("t.csv") + " is empty");
        assertThat(fault(" \n\n", options).message()).isEqualTo(folder.resolve("t.csv") + " is empty");
        assertThat(fault("a,b\n", options).message())
                .isEqualTo(folder.resolve("t.csv") + " has column names but no rows");
    }

    @Test
    void files_that_are_not_text_say_so() throws IOException {
        assertThat(fault("PK\u0003\u0004\0\0\0", options).message()).endsWith(" is not a text file");
        Path latin = folder.resolve("latin.csv");
        Files.writeString(latin, "a,b\n1,2\nGröße,3\n", Charset.forName("windows-1252"));
        assertThat(fault(latin, options).message()).isEqualTo("line 3 of " + latin + " is not UTF-8 text");
    }

    @Test
    void quotes_out_of_place_are_named_with_their_line() {
        assertThat(fault("a,b\n1,2\n3,\"4\n5,6\n", options).message())
                .isEqualTo("line 3 of " + folder.resolve("t.csv") + " opens a quote that never closes");
        assertThat(fault("a,b\n1,2\n3,\"4\" 5\n5,6\n", options).message())
                .isEqualTo("line 3 of " + folder.resolve("t.csv") + " goes on after a closing quote");
    }

    @Test
    void missing_files_folders_and_locked_files_are_told_apart() throws IOException {
        Path none = folder.resolve("none.csv");
        assertThat(fault(none, options).message()).isEqualTo("there is no file " + none);
        assertThat(fault(folder, options).message()).isEqualTo(folder + " is a folder, not a file");
        Path locked = file("1,2\n");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(locked))
                .as("root reads locked files, so this needs another user")
                .isFalse();
        assertThat(fault(locked, options).message()).isEqualTo("no permission to read " + locked);
    }

    @Test
    void what_is_written_reads_back_bit_for_bit() {
        double[] cells = {0.1, -1e-300, 12345678901234.0, 1.0 / 3, Double.MIN_VALUE, -0.0, 5, 1e22};
        Table table = new Table("test", List.of("a, \"b\"", "größe"), true, cells);
        Path path = folder.resolve("out/t.csv");
        CsvTable.write(table, path);
        Table again = CsvTable.read(path, options).table();
        assertThat(again.columns()).isEqualTo(table.columns());
        assertThat(again.cells()).containsExactly(cells);
        assertThat(1 / again.cells()[5]).isNegative();
    }

    @Test
    void whole_numbers_are_written_without_a_point_and_recognised() throws IOException {
        Table table = new Table("test", List.of("n", "x"), true, new double[] {1, 0.5, 20000, 2});
        Path path = folder.resolve("t.csv");
        CsvTable.write(table, path);
        assertThat(Files.readString(path)).isEqualTo("n,x\n1,0.5\n20000,2\n");
        assertThat(table.wholeColumns()).containsExactly(true, false);
        assertThat(table.with(new double[] {1.4, 1.4, -0.2, 2})
                        .rounded(table.wholeColumns())
                        .cells())
                .containsExactly(1, 1.4, 0, 2);
    }

    private Table read(String text) {
        return read(text, options);
    }

    private Table read(String text, CsvOptions how) {
        return CsvTable.read(file(text), how).table();
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("t.csv"), text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private Diagnostic fault(String text, CsvOptions how) {
        return fault(file(text), how);
    }

    private static Diagnostic fault(Path path, CsvOptions how) {
        return catchThrowableOfType(SdeError.class, () -> CsvTable.read(path, how))
                .diagnostics()
                .getFirst();
    }

    /** One pass over the columns per column would take 10¹² comparisons. */
    @Test
    @Timeout(60)
    void a_million_columns_are_read_in_one_pass() {
        int width = 1_000_000;
        StringBuilder text = new StringBuilder("c0");
        for (int k = 1; k < width; k++) {
            text.append(",c").append(k);
        }
        text.append("\n1").repeat(",2", width - 1).append('\n');
        Table table = read(text.toString());
        assertThat(table.width()).isEqualTo(width);
        assertThat(table.columns().getLast()).isEqualTo("c999999");
        assertThat(table.cells()).hasSize(width).endsWith(2, 2);
    }

    @Test
    void nothing_in_a_file_reaches_a_terminal_raw() throws IOException {
        assertThat(read("a\u001b[31m,b\u009b\n1,2\n").columns()).containsExactly("a\uFFFD[31m", "b\uFFFD");
        Path path = Files.writeString(folder.resolve("t.csv"), "a\n1\n\u001b]0;title\u0007\n");
        SdeError error = catchThrowableOfType(SdeError.class, () -> CsvTable.read(path, options));
        assertThat(new Renderer(false).render(error.diagnostics().getFirst()))
                .contains("\uFFFD]0;title\uFFFD")
                .doesNotContain("\u001b", "\u0007");
    }
}
