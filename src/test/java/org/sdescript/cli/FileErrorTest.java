package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.ScriptFile;

/** Errors of binary files, which no page can show. */
class FileErrorTest {
    private static final String TRAINING =
            "train(mlp(hidden = %d, depth = 1), moons(16), VP(), steps = %d, batch = 8, checkpoint = \"%s\", resume = true)\n";

    @TempDir
    Path folder;

    static Stream<Arguments> damaged() throws IOException {
        return Stream.of(
                Arguments.of("E0713", "table.csv", new byte[] {1, 0, 0, 2, 10}),
                Arguments.of("E0714", "table.csv", "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("E0721", "table.csv.gz", cutOff()));
    }

    private static byte[] cutOff() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 10);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void a_damaged_table_is_told_by_its_damage(String code, String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);

        assertThat(run("data = csv(\"" + name + "\")"))
                .startsWith("error[" + code + "]: ")
                .contains(name);
    }

    @Test
    void a_file_that_may_not_be_read_is_told_so() throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), "1,2\n");
        assumeThat(file.toFile().setReadable(false) && !Files.isReadable(file))
                .as("this user (root reads everything) or file system knows files that may not be read")
                .isTrue();

        assertThat(run("data = csv(\"table.csv\")")).startsWith("error[E0703]: no permission to read");
    }

    @Test
    void a_script_that_is_no_text_is_not_formatted() throws IOException {
        Path file = Files.write(folder.resolve("script.sde"), new byte[] {(byte) 0xff, 10});

        assertThatThrownBy(() -> ScriptFile.read(file))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(error.diagnostics())
                        .extracting(Diagnostic::code)
                        .containsExactly("E0706"));
    }

    @Test
    void a_checkpoint_of_another_network_is_refused() throws IOException {
        assertThat(run(TRAINING.formatted(4, 1, checkpoint()) + TRAINING.formatted(8, 2, checkpoint())))
                .contains("error[E0908]");
    }

    @Test
    void a_damaged_checkpoint_is_refused() throws IOException {
        run(TRAINING.formatted(4, 1, checkpoint()));
        try (Stream<Path> files = Files.list(checkpoint())) {
            files.filter(Files::isRegularFile).forEach(FileErrorTest::damage);
        }

        assertThat(run(TRAINING.formatted(4, 2, checkpoint()))).contains("error[E0906]");
    }

    @Test
    void a_checkpoint_that_cannot_be_written_is_told() throws IOException {
        Files.createDirectories(checkpoint().resolve("state.safetensors").resolve("a folder where a file is to be"));

        assertThat(run(TRAINING.formatted(4, 1, checkpoint()))).contains("error[E0907]");
    }

    private static void damage(Path file) {
        try {
            Files.writeString(file, "no parameters");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path checkpoint() {
        return folder.resolve("model");
    }

    private String run(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sde"), script);
        OutputFolders folders = OutputFolders.of(folder.resolve("out")).and(List.of(folder));
        return ScriptRun.of(ScriptFile.read(file), file, Map.of(), folders)
                .showing(folder, "")
                .errors()
                .replace(" /", " ");
    }
}
