package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Refusal;

@DisabledOnOs(OS.WINDOWS)
class NativeCacheTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_folder_of_the_users_own_the_library_goes_to_a_private_one() throws IOException {
        assumeThat(System.getenv("DJL_CACHE_DIR"))
                .as("DJL_CACHE_DIR names the place")
                .isNull();
        assumeThat(System.getProperty("ENGINE_CACHE_DIR"))
                .as("the place is settled")
                .isNull();
        Path missing = folder.resolve("nobody");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        assertThat(NativeCache.place(folder, temporary)).isEmpty();
        assertThat(NativeCache.place(missing, temporary))
                .hasValueSatisfying(own -> assertThat(own).hasParent(temporary).satisfies(made -> assertThat(
                                Files.getPosixFilePermissions(made))
                        .hasSize(3)));
    }

    /** Files in the places of the folders refuse even root. */
    @Test
    void without_any_folder_that_can_be_written_to_the_remedy_is_named() throws IOException {
        assumeThat(System.getenv("DJL_CACHE_DIR"))
                .as("DJL_CACHE_DIR names the place")
                .isNull();
        assumeThat(System.getProperty("ENGINE_CACHE_DIR"))
                .as("the place is settled")
                .isNull();
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> NativeCache.place(file, file))
                .satisfies(Refusal.with("E0901"))
                .hasMessageContaining("no place to unpack");
        assertThatThrownBy(() -> NativeCache.place(folder.resolve("missing"), folder.resolve("missing")))
                .satisfies(Refusal.with("E0901"));
    }

    /** The length is right, but the bytes are wrong. */
    @Test
    void a_library_in_the_temporary_place_is_known_by_its_content() throws IOException {
        byte[] right = "library".getBytes(StandardCharsets.UTF_8);
        CRC32 sum = new CRC32();
        sum.update(right);
        NativeCache cache =
                new NativeCache(folder, List.of(new NativeCache.Library("libtorch.so", right.length, sum.getValue())));
        Files.write(folder.resolve("libtorch.so"), right);

        assertThat(cache.damaged()).isEmpty();

        Files.write(folder.resolve("libtorch.so"), "another".getBytes(StandardCharsets.UTF_8));

        assertThat(cache.damaged()).containsExactly("libtorch.so");
    }
}
