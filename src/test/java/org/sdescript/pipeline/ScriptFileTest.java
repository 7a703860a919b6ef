package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.diagnostic.SdeError;

class ScriptFileTest {
    @TempDir
    private Path folder;

    @Test
    void a_folder_is_no_script() {
        assertFault(folder, "E0702");
    }

    @Test
    void a_file_larger_than_any_script_is_not_read_to_its_end() throws IOException {
        Path huge = folder.resolve("huge.sde");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertFault(huge, "E0931");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_device_without_an_end_is_not_read_for_ever() {
        assertFault(Path.of("/dev/zero"), "E0931");
    }

    @Test
    void a_broken_letter_is_told_with_its_line() throws IOException {
        Path broken = Files.write(
                folder.resolve("broken.sde"), new byte[] {'x', '=', '1', '\n', '"', (byte) 0xC3, '"', '\n'});

        assertThatThrownBy(() -> ScriptFile.read(broken))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("line 2 is not UTF-8");
    }

    @Test
    void a_letter_cut_off_at_the_end_is_broken_too() throws IOException {
        assertFault(Files.write(folder.resolve("cut.sde"), new byte[] {'#', (byte) 0xC3}), "E0706");
    }

    @Test
    void an_empty_file_is_an_empty_script() throws IOException {
        assertThat(ScriptFile.read(Files.createFile(folder.resolve("empty.sde")))
                        .text())
                .isEmpty();
    }

    @Test
    void a_dash_is_standard_input() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("print(\"β\")".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(ScriptFile.read(ScriptFile.STANDARD_INPUT))
                    .satisfies(
                            source -> assertThat(source.text()).isEqualTo("print(\"β\")"),
                            source -> assertThat(source.name()).isEqualTo("standard-input"));
        } finally {
            System.setIn(before);
        }
    }

    private static void assertFault(Path file, String code) {
        assertThatThrownBy(() -> ScriptFile.read(file))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(error.diagnostics())
                        .singleElement()
                        .satisfies(diagnostic -> assertThat(diagnostic.code()).isEqualTo(code)));
    }
}
