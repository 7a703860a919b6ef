package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileJson;

class PartFolderTest {
    /** Three parts, of 4, 4 and 2 samples. */
    private static final PartsJob JOB = PartFolders.job(10, 4);

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void name() {
        folder = temporary.resolve("samples");
    }

    private PartFolder open() {
        return open(JOB);
    }

    private PartFolder open(PartsJob job) {
        return PartFolder.open(folder, job, PartFolders.PLACE, 0);
    }

    private PartFile.Written write(PartFolder parts, int number) {
        return PartFolders.part(parts, number, "x");
    }

    /** Opens the folder, writes and lists these parts, and closes the folder. */
    private void finish(int... numbers) {
        try (PartFolder parts = open()) {
            IntStream.of(numbers).forEach(number -> parts.done(write(parts, number)));
        }
    }

    private Path part(int number) {
        return folder.resolve("part-0000" + number + ".npz");
    }

    private Path manifest() {
        return folder.resolve("manifest.json");
    }

    private JsonNode json() throws IOException {
        return FileJson.read(Files.readAllBytes(manifest()));
    }

    @Test
    void a_new_folder_lacks_all_parts_and_its_list_says_what_they_will_be() throws IOException {
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(0, 1, 2);
            assertThat(parts.notes()).isEmpty();
            JsonNode json = json();
            assertThat(json.get("call").textValue()).isEqualTo("sample");
            assertThat(json.get("hash").textValue()).isEqualTo("abc");
            assertThat(json.get("versions").get("pytorch").textValue()).isEqualTo("2.7.1");
            assertThat(json.get("seed").longValue()).isEqualTo(7);
            assertThat(json.get("samples").longValue()).isEqualTo(10);
            assertThat(json.get("batch").longValue()).isEqualTo(4);
            assertThat(json.get("arrays")).isEmpty();
            assertThat(json.get("parts")).isEmpty();
        }
    }

    @Test
    void the_list_of_a_finished_folder_has_every_part_with_its_place_and_checksum() throws IOException {
        finish(2, 0, 1);
        JsonNode json = json();
        assertThat(json.get("arrays").get("x").toString()).isEqualTo("{\"type\":\"float32\",\"shape\":[10,2]}");
        assertThat(json.get("parts")).hasSize(3);
        JsonNode last = json.get("parts").get(2);
        assertThat(last.get("number").intValue()).isEqualTo(2);
        assertThat(last.get("file").textValue()).isEqualTo("part-00002.npz");
        assertThat(last.get("first").intValue()).isEqualTo(8);
        assertThat(last.get("count").intValue()).isEqualTo(2);
        assertThat(last.get("bytes").longValue()).isEqualTo(Files.size(part(2)));
        assertThat(last.get("sha256").textValue()).isEqualTo(PartFile.sha256(part(2)));
        assertThat(NpyReading.npz(part(2)).get("x").array().values()).containsExactly(80, 81, 90, 91);
    }

    @Test
    void a_second_run_goes_on_with_what_is_missing() {
        finish(1);
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(0, 2);
            assertThat(parts.notes()).isEmpty();
        }
    }

    @Test
    void what_is_listed_last_is_in_the_file_once_the_folder_is_closed() throws IOException {
        try (PartFolder parts = open()) {
            parts.done(write(parts, 0));
            parts.done(write(parts, 1));
        }
        assertThat(json().get("parts")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encode | abc | 7 | 10 | 4 | 0.2.0 | the call was sample and is encode",
                "sample | abd | 7 | 10 | 4 | 0.2.0 | the script or the model is another (its hash differs)",
                "sample | abc | 8 | 10 | 4 | 0.2.0 | the seed was 7 and is 8",
                "sample | abc | 7 | 11 | 4 | 0.2.0 | the number of samples was 10 and is 11",
                "sample | abc | 7 | 10 | 5 | 0.2.0 | the batch was 4 and is 5",
                "sample | abc | 7 | 10 | 4 | 0.3.0 | the version of sde was 0.2.0 and is 0.3.0"
            })
    void parts_of_another_job_are_not_mixed_with_these(
            String call, String hash, long seed, long samples, int batch, String version, String difference) {
        finish(0);
        PartsJob other = new PartsJob(
                call, hash, new TreeMap<>(Map.of("sde", version, "pytorch", "2.7.1")), seed, samples, batch);
        Diagnostic error = fault(() -> open(other));
        assertThat(error.code()).isEqualTo("E0764");
        assertThat(error.notes()).containsExactly(difference);
        assertThat(error.help()).hasValue("name another folder; or delete this one with its 1 part");
        assertThat(part(0)).exists();
    }

    @Test
    void all_differences_are_told_and_versions_with_the_same_results_are_none() {
        finish(0);
        PartsJob later =
                new PartsJob("sample", "abc", new TreeMap<>(Map.of("sde", "0.2.9", "pytorch", "2.9")), 7, 10, 4);
        open(later).close();
        PartsJob other = new PartsJob("sample", "x", new TreeMap<>(Map.of("sde", "0.2.0")), 7, 20, 4);
        assertThat(fault(() -> open(other)).notes())
                .containsExactly(
                        "the script or the model is another (its hash differs)",
                        "the number of samples was 10 and is 20",
                        "the version of pytorch was 2.9 and is none");
    }

    @Test
    void a_folder_of_another_job_without_a_part_is_taken() {
        open(PartFolders.job(99, 9)).close();
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : \"sde parts\" | \"format\" : \"other\" | its format is other",
                "\"version\" : 1 | \"version\" : 2 | its version is 2, and version 1 is read",
                "\"samples\" : 10 | \"samples\" : 0 | it has impossible numbers of samples",
                "\"samples\" : 10 | \"samples\" : 1e1 | its `samples` is no whole number",
                "\"number\" : 0 | \"number\" : 3 | it lists part 3, and there are 3",
                "\"number\" : 0 | \"number\" : -1 | it lists part -1, and there are 3",
                "\"number\" : 0 | \"number\" : 1 | it lists part 1 twice",
                "\"count\" : 4 | \"count\" : 3 | its entry of part 0 is none",
                "\"float32\" | \"int64\" | the shape or type of x is none of samples",
                "\"hash\" | \"hush\" | it lacks `hash`",
                "{ | [ | it is no JSON"
            })
    void a_damaged_list_is_refused(String from, String to, String why) throws IOException {
        finish(0, 1);
        Files.writeString(manifest(), Files.readString(manifest()).replaceFirst(Pattern.quote(from), to));
        Diagnostic error = fault(this::open);
        assertThat(error.code()).isEqualTo("E0765");
        assertThat(error.notes()).hasSize(2);
        assertThat(error.notes().getFirst()).startsWith(why);
        Files.delete(manifest());
        assertThat(fault(this::open).notes()).startsWith("it is missing");
    }

    @Test
    void a_damaged_list_without_parts_is_replaced() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(manifest(), "{\"form");
        finish(0);
        assertThat(json().get("parts")).hasSize(1);
    }

    @Test
    void parts_that_are_damaged_or_missing_are_made_again() throws IOException {
        finish(0, 1, 2);
        byte[] bytes = Files.readAllBytes(part(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(part(1), bytes);
        Files.delete(part(2));
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(1, 2);
            assertThat(parts.notes())
                    .containsExactly("of the parts in " + folder
                            + ", 2 are missing, or not as they were written; they are made again:"
                            + " part-00001.npz, part-00002.npz");
        }
    }

    @Test
    void a_part_of_another_length_is_made_again() throws IOException {
        finish(0);
        Files.write(part(0), new byte[1], StandardOpenOption.APPEND);
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void a_part_that_no_list_has_is_kept_if_it_is_whole() throws IOException {
        try (PartFolder parts = open()) {
            write(parts, 0);
            write(parts, 1);
            write(parts, 2);
        }
        byte[] bytes = Files.readAllBytes(part(1));
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY") + 130] ^= 1; // a number
        Files.write(part(1), bytes);
        Files.copy(part(0), part(2), StandardCopyOption.REPLACE_EXISTING); // 4 samples, not 2
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(1, 2);
            assertThat(parts.notes())
                    .containsExactly(
                            "of the parts in " + folder
                                    + ", 1 is finished without being listed; it is kept: part-00000.npz",
                            "of the parts in " + folder
                                    + ", 2 are neither listed nor whole; they are made again: part-00001.npz, part-00002.npz");
        }
        assertThat(json().get("parts")).hasSize(1);
    }

    @Test
    void an_unlisted_part_with_other_arrays_is_not_kept() {
        finish(0);
        try (PartFolder parts = open()) {
            PartFolders.part(parts, 1, "y");
        }
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(1, 2);
        }
    }

    @Test
    void a_forged_list_leads_to_no_file_elsewhere() throws IOException {
        finish(0, 1, 2);
        Path elsewhere = Files.move(part(0), temporary.resolve("secret.npz"));
        ObjectNode json = (ObjectNode) json();
        ((ObjectNode) json.get("parts").get(0)).put("file", "../secret.npz");
        Files.writeString(manifest(), json.toString());
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).containsExactly(0);
        }
        Files.createSymbolicLink(part(0), elsewhere);
        byte[] secret = Files.readAllBytes(elsewhere);
        try (PartFolder parts = open()) {
            assertThat(parts.missing()).as("a link").containsExactly(0);
            parts.done(PartFile.write(folder, 0, Map.of("x", NumberArray.of(new float[8], 4, 2))));
        }
        assertThat(elsewhere).hasBinaryContent(secret);
        assertThat(Files.isSymbolicLink(part(0))).isFalse();
    }

    @Test
    void a_part_that_does_not_appear_in_the_folder_is_an_error() throws IOException {
        try (PartFolder parts = open()) {
            PartFile.Written written = write(parts, 0);
            Files.delete(part(0));
            assertThatThrownBy(() -> parts.done(written)).satisfies(Refusal.with("E0768"));
            assertThat(parts.missing()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void a_part_of_another_job_is_a_fault_of_the_caller() {
        try (PartFolder parts = open()) {
            PartFile.Written written = write(parts, 2);
            PartFile.Written other = new PartFile.Written(1, "part-00001.npz", written.bytes(), written.sha256(), 2);
            assertThatThrownBy(() -> parts.done(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The last to finish replaces the file of the others, and equal numbers give equal files. */
    @Test
    void threads_that_write_the_same_part_at_once_leave_one_whole_file() throws Exception {
        int threads = 4;
        try (PartFolder parts = open();
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            CyclicBarrier start = new CyclicBarrier(threads);
            Callable<PartFile.Written> work = () -> {
                PartFile.Written written = null;
                for (int i = 0; i < 20; i++) {
                    start.await();
                    written = write(parts, 0);
                    assertThat(PartFile.isWhole(folder, written)).isTrue();
                }
                parts.done(written);
                return written;
            };
            List<Future<PartFile.Written>> all =
                    IntStream.range(0, threads).mapToObj(i -> pool.submit(work)).toList();
            PartFile.Written first = all.getFirst().get();
            for (Future<PartFile.Written> each : all) {
                assertThat(each.get()).isEqualTo(first);
            }
            assertThat(parts.missing()).containsExactly(1, 2);
        }
        assertThat(names()).containsExactly("manifest.json", "part-00000.npz");
    }

    @Test
    void of_two_unequal_files_of_one_part_the_list_has_the_one_that_is_there() throws IOException {
        try (PartFolder parts = open()) {
            PartFile.Written first = write(parts, 0);
            PartFile.Written second = PartFile.write(folder, 0, Map.of("x", NumberArray.of(new float[8], 4, 2)));
            parts.done(second);
            parts.done(first);
        }
        assertThat(json().get("parts").get(0).get("sha256").textValue()).isEqualTo(PartFile.sha256(part(0)));
    }

    @Test
    void what_killed_processes_leave_goes_when_the_last_part_is_there() throws IOException {
        finish(0);
        Files.writeString(folder.resolve(".part-00001.npz.12-00000000deadbeef-1.tmp"), "half");
        Files.writeString(folder.resolve(".manifest.json.12-00000000deadbeef-1.tmp"), "half");
        Files.writeString(folder.resolve(".notes.txt.12-1.tmp"), "not ours");
        finish(1);
        assertThat(names()).hasSize(6);
        finish(2);
        assertThat(names())
                .containsExactly(
                        ".notes.txt.12-1.tmp", "manifest.json", "part-00000.npz", "part-00001.npz", "part-00002.npz");
    }

    @Test
    void other_names_are_no_parts() {
        assertThat(PartFile.number("part-00012.npz")).hasValue(12);
        assertThat(PartFile.number("part-123456.npz")).hasValue(123456);
        assertThat(Stream.of("part-12.npz", "part-000012.npz", "part-9999999999.npz", "part-00001.npz.tmp", "x"))
                .allMatch(name -> PartFile.number(name).isEmpty());
        assertThat(PartFile.name(1234567)).isEqualTo("part-1234567.npz");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Diagnostic fault(Runnable action) {
        return catchThrowableOfType(SdeError.class, action::run).diagnostics().getFirst();
    }
}
