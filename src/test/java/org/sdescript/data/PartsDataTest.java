package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.files.OutputFolders;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;

class PartsDataTest {
    @TempDir
    Path folder;

    private List<String> run(String script) {
        return Script.run(script, folder);
    }

    private Path finished(int samples, int batch, String... states) {
        return PartFolders.finished(folder.resolve("p"), samples, batch, states);
    }

    @Test
    void parts_are_one_data_set() {
        finished(10, 4, "x");
        assertThat(run("""
                d = parts("p")
                print(d, d.shape, len(d.files))
                print(d.x[3:5], sum(d.x), d[9])
                print(d[[9, 0, 9, 4]].x)
                print(max(abs(parts("p", check = false).x - d.x)))
                for row in d[8:] { print(row) }
                """))
                .containsExactly(
                        "data [10, 2] in 3 parts, read batch by batch [10, 2] 3",
                        "tensor([[30, 31], [40, 41]]) 910 tensor([90, 91])",
                        "tensor([[90, 91], [0, 1], [90, 91], [40, 41]])",
                        "0",
                        "tensor([80, 81])",
                        "tensor([90, 91])");
    }

    @Test
    void a_split_has_the_rows_of_both_sides_and_can_be_split_again() {
        finished(10, 4, "x");
        assertThat(run("""
                a, b = parts("p").split(0.7)
                print(a, b.shape, b.x[:, 0])
                c, d = b.split(0.5)
                print(d.x[:, 0], len(d.files))
                """))
                .containsExactly(
                        "data [7, 2] in 3 parts, read batch by batch [3, 2] tensor([70, 80, 90])", "tensor([90]) 3");
    }

    @Test
    void the_parts_of_a_system_are_records() {
        finished(10, 4, "x", "v");
        assertThat(run("""
                d = parts("p")
                print(d, d.shape)
                print(d.x.x[9], d.x.v[9])
                a, b = d.split(0.8)
                print(b.x)
                """))
                .containsExactly(
                        "data {x: [10, 2], v: [10, 2]} in 3 parts, read batch by batch {x: [10, 2], v: [10, 2]}",
                        "tensor([90, 91]) tensor([-90, -91])",
                        "{x: tensor([[80, 81], [90, 91]]), v: tensor([[-80, -81], [-90, -91]])}");
        assertThatThrownBy(() -> run("print(sum(parts(\"p\")))")).satisfies(Refusal.with("E0769"));
        assertThatThrownBy(() -> run("print(parts(\"p\")[0:2])")).satisfies(Refusal.with("E0769"));
    }

    /** Batches of 7 of 100 rows in parts of 8: many files in each batch, and a last part of 4. */
    @Test
    void training_from_parts_is_training_from_the_tensor() {
        finished(100, 8, "x");
        assertThat(run("""
                d = parts("p")
                t = d.x
                network small(x, t) = dense(concat([x / 1000, sinusoidal(t, 4)], axis = 1), 2)
                one = train(small, d, VP(), steps = 40, batch = 7, seed = 1)
                other = train(small, t, VP(), steps = 40, batch = 7, seed = 1)
                print(one.losses == other.losses, len(one.losses) > 0)
                x = randn([3, 2])
                print(all(one(x, 0.5) == other(x, 0.5)))
                a, b = d.split(0.5)
                third = train(small, a, VP(), steps = 20, batch = 7, seed = 1, validation = b)
                fourth = train(small, t[:50], VP(), steps = 20, batch = 7, seed = 1, validation = t[50:])
                print(third.losses == fourth.losses)
                """)).containsExactly("true true", "true", "true");
    }

    @Test
    void numbers_take_the_precision_of_the_run() throws IOException {
        Path p = finished(10, 4, "x");
        StoredParts parts = StoredParts.read(p, true, PartFolders.PLACE);
        PartRows.Numbers wide = new PartRows(parts, 0).rows(new long[] {9, 0, 5}, DType.FLOAT64);
        assertThat(wide.wide()).containsExactly(90, 91, 0, 1, 50, 51);
        assertThat(new PartRows(parts, 0).all(DType.FLOAT64).wide()).hasSize(20).endsWith(90, 91);

        PartFolder doubles = PartFolder.open(folder.resolve("q"), PartFolders.job(2, 2), PartFolders.PLACE);
        NumberArray array = NumberArray.of(new double[] {0.1, 1e-3, 3, 1.0 / 3}, 2, 2);
        doubles.done(PartFile.write(doubles.folder(), 0, Map.of("x", array)));
        doubles.close();
        StoredParts stored = StoredParts.read(folder.resolve("q"), true, PartFolders.PLACE);
        assertThat(new PartRows(stored, 0).rows(new long[] {1}, DType.FLOAT64).wide())
                .containsExactly(3, 1.0 / 3);
        assertThat(new PartRows(stored, 0).all(DType.FLOAT32).single()).containsExactly(0.1f, 1e-3f, 3, 1 / 3f);
        assertThat(Script.run(
                        "print(parts(\"" + folder.resolve("q") + "\").x[1, 1] * 3 == 1)",
                        Settings.standard().precision(Precision.FLOAT64)))
                .containsExactly("true");
    }

    /** More files than stay open, in an order that needs every file again and again. */
    @Test
    void many_files_are_read_with_few_open() throws IOException {
        Path p = finished(300, 2, "x");
        StoredParts parts = StoredParts.read(p, false, PartFolders.PLACE);
        long[] wanted = new long[600];
        Arrays.setAll(wanted, i -> i * 7L % 300);
        PartRows rows = new PartRows(parts, 0);
        for (int again = 0; again < 3; again++) {
            float[] read = rows.rows(wanted, DType.FLOAT32).single();
            for (int i = 0; i < wanted.length; i++) {
                assertThat(read[2 * i]).isEqualTo(10 * wanted[i]);
                assertThat(read[2 * i + 1]).isEqualTo(10 * wanted[i] + 1);
            }
        }
        Path descriptors = Path.of("/proc/self/fd");
        if (Files.isDirectory(descriptors)) {
            try (Stream<Path> open = Files.list(descriptors)) {
                assertThat(open.filter(each -> leadsInto(each, p))).hasSizeBetween(1, 64);
            }
        }
    }

    private static boolean leadsInto(Path link, Path folder) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void a_folder_without_all_of_its_parts_is_refused() throws IOException {
        assertThatThrownBy(() -> run("print(parts(\"p\"))")).satisfies(Refusal.with("E0767"));
        Path p = folder.resolve("p");
        try (PartFolder parts = PartFolder.open(p, PartFolders.job(10, 4), PartFolders.PLACE)) {
            parts.done(PartFolders.part(parts, 1, "x"));
        }
        assertThatThrownBy(() -> run("print(parts(\"p\"))"))
                .satisfies(Refusal.with("E0767"))
                .hasMessage("the folder p has 1 of its 3 parts".replace(" p ", " " + p + " "));
        PartFolders.finished(p, 10, 4);
        assertThat(run("print(parts(\"p\").shape)")).containsExactly("[10, 2]");
        Files.writeString(p.resolve("manifest.json"), "{");
        assertThatThrownBy(() -> run("print(parts(\"p\"))")).satisfies(Refusal.with("E0765"));
    }

    @Test
    void damaged_parts_are_refused_when_the_folder_is_read() throws IOException {
        Path part = finished(10, 4, "x").resolve("part-00001.npz");
        byte[] bytes = Files.readAllBytes(part);
        int number = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY") + 130;
        byte[] changed = bytes.clone();
        changed[number] ^= 1;
        Files.write(part, changed);
        assertThatThrownBy(() -> run("print(parts(\"p\"))"))
                .satisfies(Refusal.with("E0767"))
                .hasMessageContaining("1 is missing or damaged");
        assertThatThrownBy(() -> run("print(parts(\"p\", check = false).x)"))
                .as("a conversion compares the checksums of the archive")
                .satisfies(Refusal.with("E0767"));

        Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> run("print(parts(\"p\", check = false))")).satisfies(Refusal.with("E0767"));
        Files.delete(part);
        assertThatThrownBy(() -> run("print(parts(\"p\", check = false))")).satisfies(Refusal.with("E0767"));
        Files.createSymbolicLink(part, Files.write(folder.resolve("elsewhere.npz"), bytes));
        assertThatThrownBy(() -> run("print(parts(\"p\"))")).as("a link").satisfies(Refusal.with("E0767"));
    }

    @Test
    void a_part_that_is_damaged_later_is_an_error_of_the_batch() throws IOException {
        Path p = finished(10, 4, "x");
        StoredParts parts = StoredParts.read(p, true, PartFolders.PLACE);
        try (PartFolder other = PartFolder.open(folder.resolve("q"), PartFolders.job(10, 4), PartFolders.PLACE)) {
            PartFolders.part(other, 2, "y");
            Files.move(
                    folder.resolve("q/part-00002.npz"),
                    p.resolve("part-00002.npz"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(Files.size(p.resolve("part-00002.npz")))
                .isEqualTo(parts.files().get(2).bytes());
        assertThatThrownBy(() -> new PartRows(parts, 0).rows(new long[] {9}, DType.FLOAT32))
                .satisfies(Refusal.with("E0767"))
                .hasMessage("the part " + p.resolve("part-00002.npz") + " is missing or damaged");
    }

    /** 4 bytes a number: 2³⁰ numbers are beyond a buffer of Java. */
    @Test
    void samples_beyond_the_memory_are_refused_before_they_are_read() {
        PartArray array = new PartArray("x", DType.FLOAT32, Shape.of(1 << 10));
        StoredParts parts = new StoredParts(folder, 1L << 20, 1 << 20, List.of(array), List.of());
        try (Session session =
                new Session(Settings.standard(), new RecordedConsole(), OutputFolders.of(folder), null)) {
            PartsData data = new PartsData(parts, Optional.empty(), session);
            assertThat(data.show()).isEqualTo("data [1048576, 1024] in 0 parts, read batch by batch");
            assertThat(data.reader()).isPresent();
            assertThatThrownBy(data::tensor).hasMessage("there is not enough memory for this float32 [1048576, 1024]");
        }
    }
}
