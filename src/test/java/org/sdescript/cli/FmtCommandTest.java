package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
    @TempDir
    private Path folder;

    @Test
    void files_are_rewritten_in_place() throws IOException {
        Path file = write("a.sde", "x=1 # one\n");

        assertThat(format(file.toString())).isZero();
        assertThat(file).content().isEqualTo("x = 1  # one\n");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void with_check_nothing_is_changed_and_the_status_tells() throws IOException {
        Path loose = write("loose.sde", "x=1\n");
        Path neat = write("neat.sde", "x = 1\n");

        assertThat(format("--check", loose.toString(), neat.toString())).isEqualTo(1);
        assertThat(loose).content().isEqualTo("x=1\n");
        assertThat(format("--check", neat.toString())).isZero();
    }

    @Test
    void a_file_with_mistakes_stays_as_it_is_and_the_others_are_formatted() throws IOException {
        Path wrong = write("wrong.sde", "x=1\ny = )\n");
        Path right = write("right.sde", "x=1\n");

        assertThat(format(wrong.toString(), folder.resolve("missing.sde").toString(), right.toString()))
                .isEqualTo(1);
        assertThat(wrong).content().isEqualTo("x=1\ny = )\n");
        assertThat(right).content().isEqualTo("x = 1\n");
    }

    @Test
    void a_file_that_is_not_utf_8_stays_as_it_is() throws IOException {
        byte[] latin1 = "x=1 # \u00FCber\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin1.sde"), latin1);

        assertThat(format(file.toString())).isEqualTo(1);
        assertThat(file).hasBinaryContent(latin1);
    }

    @Test
    void a_script_that_can_be_run_stays_so() throws IOException {
        Path file = write("run.sde", "#!/usr/bin/env -S sde run\nx=1\n");
        Set<PosixFilePermission> permissions = Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);

        assertThat(format(file.toString())).isZero();
        assertThat(file).content().isEqualTo("#!/usr/bin/env -S sde run\nx = 1\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
    }

    @Test
    void standard_input_is_checked_too() {
        InputStream usual = System.in;
        try {
            System.setIn(new ByteArrayInputStream("x=1".getBytes(StandardCharsets.UTF_8)));
            assertThat(format("--check", "-")).isEqualTo(1);
            System.setIn(new ByteArrayInputStream("x = 1\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(format("--check", "-")).isZero();
        } finally {
            System.setIn(usual);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int format(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "fmt";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Main.execute(line);
    }
}
