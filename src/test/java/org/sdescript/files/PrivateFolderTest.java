package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that another user may have left; the other user is simulated by permissions and links, since a test runs as
 * one user.
 */
@DisabledOnOs(OS.WINDOWS)
class PrivateFolderTest {
    @TempDir
    private Path shared;

    @Test
    void is_made_for_its_owner_alone_and_found_again() throws IOException {
        Path folder = PrivateFolder.in(shared, "own");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder).isEqualTo(shared.resolve("own"));
        assertThat(PrivateFolder.in(shared, "own")).isEqualTo(folder);
    }

    @Test
    void what_others_can_write_into_is_not_taken() throws IOException {
        Path open = Files.createDirectory(shared.resolve("own"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        Path folder = PrivateFolder.in(shared, "own");

        assertThat(folder).isNotEqualTo(open).hasParent(shared);
        assertThat(PrivateFolder.isOwn(folder)).isTrue();
        assertThat(PrivateFolder.isTrusted(open, shared)).isFalse();
    }

    @Test
    void a_link_and_a_file_are_not_taken() throws IOException {
        Path aim = Files.createTempDirectory(shared, "aim");
        Files.createSymbolicLink(shared.resolve("link"), aim);
        Files.createFile(shared.resolve("file"));

        assertThat(PrivateFolder.in(shared, "link")).isNotIn(aim, shared.resolve("link"));
        assertThat(Files.isDirectory(PrivateFolder.in(shared, "file"))).isTrue();
    }

    @Test
    void a_folder_that_is_ours_is_trusted() throws IOException {
        assertThat(PrivateFolder.isTrusted(Files.createTempDirectory(shared, "ours"), shared))
                .isTrue();
    }
}
