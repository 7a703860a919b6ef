package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;

/** A table from a file to training data, and back to the original units. */
class TableOfTheUserTest {
    @TempDir
    private Path folder;

    @Test
    void numbers_that_differ_less_than_single_precision_tells_survive_standardisation() throws IOException {
        Path file = Files.writeString(folder.resolve("times.csv"), "time\n1700000001\n1700000002\n1700000003\n");
        double[] numbers = Script.numbers("print(list(csv(\"" + file + "\").standardised().x[:, 0]))");
        assertThat(numbers[0]).isEqualTo(-Math.sqrt(1.5), within(1e-6));
        assertThat(numbers[1]).isZero();
    }

    @Test
    void what_was_standardised_is_restored_with_whole_columns_whole() throws IOException {
        Path file = Files.writeString(folder.resolve("people.csv"), "age,height\n30,1.72\n41,1.80\n25,1.65\n");
        List<String> lines = Script.run("d = csv(\"" + file + "\").standardised()\n"
                + "r = d.restored(d.x + 0.01)\nprint(list(r.x[:, 0]))\nprint(r.columns)");
        assertThat(lines).containsExactly("[30, 41, 25]", "[\"age\", \"height\"]");
    }

    @Test
    void a_column_is_taken_by_its_name() throws IOException {
        Path file = Files.writeString(folder.resolve("people.csv"), "age,height\n30,1.72\n41,1.80\n25,1.65\n");
        assertThat(Script.run("d = csv(\"" + file
                        + "\")\nprint(d[\"age\"], d[0:2][\"height\"].shape, d.split(0.7)[1][\"age\"])"))
                .containsExactly("tensor([30, 41, 25]) [2] tensor([25])");
    }

    @Test
    void save_says_where_it_wrote_so_that_csv_can_read_it() {
        assertThat(Script.run("f = save(tensor([[1, 2], [3, 4]]), \"t.csv\", columns = [\"a\", \"b\"])\n"
                        + "print(csv(f, columns = [\"b\"]).columns)"))
                .containsExactly("[\"b\"]");
    }
}
