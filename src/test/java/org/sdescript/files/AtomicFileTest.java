package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void missing_folders_are_made() throws IOException {
        AtomicFile.write(folder.resolve("a/b/c.txt"), "text");
        assertThat(folder.resolve("a/b/c.txt")).hasContent("text");
    }

    @Test
    void a_failure_midway_leaves_the_old_file_and_nothing_else() throws IOException {
        Path file = folder.resolve("f.txt");
        AtomicFile.write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("the cable is out");
                }))
                .isInstanceOf(SdeError.class)
                .hasMessage("cannot write " + file + ": the cable is out");
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void the_new_file_is_not_there_before_it_is_complete() {
        Path file = folder.resolve("f.txt");
        AtomicFile.write(file, out -> {
            out.write(1);
            out.flush();
            assertThat(file).doesNotExist();
        });
        assertThat(file).exists();
    }

    /** Two machines that share a disk may give two processes the same id and two threads the same number. */
    @Test
    void the_temporary_name_differs_from_that_of_the_same_process_id_and_thread_elsewhere() throws IOException {
        Path file = folder.resolve("f.txt");
        AtomicFile.write(file, out -> {
            try (Stream<Path> files = Files.list(folder)) {
                Path temporary = files.findFirst().orElseThrow();
                String ids = ProcessHandle.current().pid() + "-[0-9a-f]{16}-"
                        + Thread.currentThread().threadId();
                assertThat(temporary.getFileName().toString()).matches("\\.f\\.txt\\." + ids + "\\.tmp");
                assertThat(AtomicFile.isTemporary(temporary, "f.txt")).isTrue();
                assertThat(AtomicFile.isTemporary(temporary, "g.txt")).isFalse();
            }
        });
        assertThat(AtomicFile.isTemporary(file, "f.txt")).isFalse();
    }

    @Test
    void a_link_is_followed_not_replaced() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        AtomicFile.write(link, "new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("new");
    }

    @Test
    void a_full_disk_is_named() {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("this system has a device that is always full").exists();
        Diagnostic fault = fault(() -> AtomicFile.write(full, "text"));
        assertThat(fault.code()).isEqualTo("E0705");
        assertThat(fault.message()).isEqualTo("no space is left on the disk for /dev/full");
    }

    @Test
    void a_folder_is_no_file() {
        Diagnostic fault = fault(() -> AtomicFile.write(folder, "text"));
        assertThat(fault.message()).isEqualTo(folder + " is a folder, so no file can have this name");
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path below = file.resolve("below.txt");
        Diagnostic fault = fault(() -> AtomicFile.write(below, "text"));
        assertThat(fault.code()).isEqualTo("E0704");
        assertThat(fault.message()).isEqualTo("cannot write " + below + ": the folder " + file + " cannot be made");
    }

    @Test
    void a_missing_file_says_where_it_was_looked_for() {
        Diagnostic fault = fault(() -> FileFault.requireReadable(Path.of("no-such.csv")));
        assertThat(fault.message()).isEqualTo("there is no file no-such.csv");
        assertThat(fault.notes())
                .isEqualTo(List.of("looked for " + Path.of("no-such.csv").toAbsolutePath()));
    }

    private static Diagnostic fault(Runnable action) {
        return catchThrowableOfType(SdeError.class, action::run).diagnostics().getFirst();
    }
}
