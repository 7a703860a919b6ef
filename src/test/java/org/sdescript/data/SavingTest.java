package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.runtime.Value;

class SavingTest {
    private static final List<String> TEXTS = List.of(
            "", "NaN", "Infinity", "-Infinity", "a\"b\\", "ä€\uD83D\uDE00", "\u0000\n\t", "null", "1", "\\u004eaN");

    @TempDir
    Path folder;

    private Value again(Value value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path file = folder.resolve("v.json");
        new JsonWriting(out, file).write(value);
        Files.write(file, out.toByteArray());
        return JsonReading.read(file);
    }

    private static Value any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> Value.number(Double.longBitsToDouble(random.nextLong()));
            case 1 -> Value.number(random.nextInt(-1000, 1000));
            case 2 -> Value.Bool.of(random.nextBoolean());
            case 3 -> Value.text(TEXTS.get(random.nextInt(TEXTS.size())));
            case 4 -> Value.None.NONE;
            case 5 -> {
                List<Value> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(any(random, depth - 1));
                }
                yield Value.list(elements);
            }
            default -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(TEXTS.get(random.nextInt(TEXTS.size())), any(random, depth - 1));
                }
                yield new Value.RecordValue(fields);
            }
        };
    }

    /** Equality of records compares doubles by their bits, so that −0 and 0 differ; all nan count as one. */
    @Test
    void json_reads_back_what_it_wrote_bit_for_bit() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Value value = any(new Random(seed), 4);
            assertThat(again(value)).as("seed " + seed).isEqualTo(value);
        }
        for (double number :
                new double[] {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p53, 1e15, -1e15, 1e22, 0.1 + 0.2}) {
            assertThat(again(Value.number(number))).isEqualTo(Value.number(number));
        }
    }

    @Test
    void other_readers_find_plain_json() throws IOException {
        Script.run("save({s: \"NaN\", x: [nan, 1, 0.1, inf], k: tensor([1.5, 2]), n: none}, \"v.json\")", folder);

        JsonNode read = new ObjectMapper().readTree(folder.resolve("v.json").toFile());
        assertThat(read.path("s").asText()).isEqualTo("NaN");
        assertThat(read.path("x")).hasToString("[\"NaN\",1,0.1,\"Infinity\"]");
        assertThat(read.path("k")).hasToString("[1.5,2.0]");
        assertThat(read.path("n").isNull()).isTrue();
    }

    @Test
    void json_of_python_and_of_whole_numbers_beyond_long_is_read() throws IOException {
        Files.writeString(
                folder.resolve("p.json"), "\uFEFF{\"a b\": [NaN, -Infinity, 1e2, 123456789012345678901234567890]}");

        assertThat(Script.run("r = json(\"p.json\")\nprint(r[\"a b\"], keys(r))", folder))
                .containsExactly("[nan, -inf, 100, 1.2345678901234568e29] [\"a b\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1",
                "[1,]",
                "[1] 2",
                "{'a': 1}",
                "{\"a\": 1, \"a\": 2}",
                "nothing",
                "[1, // x\n2]",
                "]",
                "{\"a\" 1}"
            })
    void what_is_no_json_is_refused_with_its_place(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("b.json"), text);

        assertThatThrownBy(() -> JsonReading.read(file))
                .satisfies(Refusal.with("E0729"))
                .hasMessageMatching(".*b\\.json, line \\d+, column \\d+: this is no JSON");
    }

    @Test
    void empty_deep_and_foreign_files_are_refused() throws IOException {
        Path empty = Files.writeString(folder.resolve("e.json"), " ");
        Path deep = Files.writeString(folder.resolve("d.json"), "[".repeat(100_000));
        Path latin = Files.write(folder.resolve("l.json"), new byte[] {'"', (byte) 0xE4, '"'});

        assertThatThrownBy(() -> JsonReading.read(empty)).satisfies(Refusal.with("E0711"));
        assertThatThrownBy(() -> JsonReading.read(deep)).satisfies(Refusal.with("E0728"));
        assertThatThrownBy(() -> JsonReading.read(latin)).satisfies(Refusal.with("E0714"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "save([{a: 1, b: 'x, \"y\"'}, {a: 0.1, c: true}, {a: nan}], 'f.csv') | a,b,c;1,'x, \"\"y\"\"',;0.1,,true;nan,,",
                "save({t: [1, 2], x: tensor([0.1, 0.2])}, 'f.csv') | t,x;1,0.1;2,0.2",
                "save({a: 1, b: 'x'}, 'f.csv') | a,b;1,x",
                "save([{a: 1, b: 2}], 'f.csv', columns = ['b']) | b;2",
                "save(table([{a: 1}, {b: 2}]), 'f.csv') | a,b;1,;'',2",
                "save([0.1, 0.2], 'f.csv') | 0.1;0.2",
                "save([[1, 2], [3, 4]], 'f.csv', columns = ['a', 'b']) | a,b;1,2;3,4"
            })
    void rows_of_a_csv_file(String script, String lines) throws IOException {
        Script.run(script.replace("\"", "\\\"").replace('\'', '"'), folder);

        assertThat(Files.readString(folder.resolve("f.csv")).strip())
                .isEqualTo(lines.replace('\'', '"').replace(';', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "save({a: {b: [1, x -> x]}}, 'f.json') | E0727 | `a.b[1]` is a function, which f.json cannot hold",
                "save([{a: [1]}], 'f.csv') | E0727 | `a` of row 0 is a list, which f.csv cannot hold",
                "save([1, 'x'], 'f.npy') | E0727 | the value is a list, which f.npy cannot hold",
                "save({x: [[1], [2, 3]]}, 'f.npz') | E0727 | the field `x` is a list, which f.npz cannot hold",
                "save({a: [1, 2], b: [1]}, 'f.csv') | E0723 | the columns have different lengths: `a` has 2, `b` has 1",
                "save({a: zeros([2, 2])}, 'f.csv') | E0794 | the column `a` has 2 axes, and a column has one",
                "save(kind(1), string('t.npy')) | E0722 | a string is not saved as t.npy",
                "save(1 == 1, string('t.csv')) | E0722 | a truth value is not saved as t.csv",
                "save(linear, string('t.csv')) | E0722 | a schedule is not saved as t.csv"
            })
    void what_does_not_fit_is_refused(String script, String code, String message) {
        assertThatThrownBy(() -> Script.run(script.replace('\'', '"'), folder))
                .satisfies(Refusal.with(code))
                .hasMessage(message);
        assertThat(Stream.of("f.json", "f.csv", "f.npy", "f.npz").map(folder::resolve))
                .noneMatch(Files::exists);
    }

    @Test
    void lists_of_numbers_are_arrays_in_double_precision() {
        assertThat(Script.run("""
                print(npz(save({a: [0.1, 2], b: 3}, "f.npz")).a.shape)
                print(npy(save([[1, 2], [3, 4]], "f.npy")).x)
                """, folder)).containsExactly("[2]", "tensor([[1, 2], [3, 4]])");
        assertThat(NumberFile.decimals(
                        NpyReading.npz(folder.resolve("f.npz")).get("a").array()))
                .containsExactly(0.1, 2);
    }

    @Test
    void a_table_is_written_for_papers_and_pages() throws IOException {
        Script.run("""
                t = table([{name: "a_1|b", rate: 1e-5, loss: -0.33281}, {name: "50 %", rate: 2.5e-7, loss: 1}])
                save(t, "t.tex")
                save(t, "t.md")
                save(t, "t.txt")
                """, folder);

        assertThat(folder.resolve("t.tex")).hasContent("""
                \\begin{tabular}{lrr}
                \\hline
                name & rate & loss \\\\
                \\hline
                a\\_1|b & $10^{-5}$ & $-0.3328$ \\\\
                50 \\% & $2.5 \\cdot 10^{-7}$ & $1$ \\\\
                \\hline
                \\end{tabular}
                """);
        assertThat(folder.resolve("t.md")).hasContent("""
                | name | rate | loss |
                | --- | ---: | ---: |
                | a_1\\|b | 1e-5 | -0.3328 |
                | 50 % | 2.5e-7 | 1 |
                """);
        assertThat(folder.resolve("t.txt")).hasContent("""
                name     rate     loss
                a_1|b    1e-5  -0.3328
                50 %   2.5e-7        1
                """);
    }
}
