package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    private static final String SHARED = Path.of("shared").toAbsolutePath().toString();
    private static final String OWN = Path.of("own").toAbsolutePath().toString();
    private static final String WINDOWS = Path.of("windows").toAbsolutePath().toString();

    @Test
    void the_folder_is_named_by_the_environment_the_nearest_name_first() {
        assertThat(CacheFolder.of(Map.of("SDE_CACHE", OWN, "XDG_CACHE_HOME", SHARED)))
                .isEqualTo(Path.of(OWN));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", SHARED, "LOCALAPPDATA", WINDOWS)))
                .isEqualTo(Path.of(SHARED, "sde"));
        assertThat(CacheFolder.of(Map.of("LOCALAPPDATA", WINDOWS))).isEqualTo(Path.of(WINDOWS, "sde", "cache"));
    }

    @Test
    void empty_variables_count_as_missing_and_relative_paths_become_absolute() {
        assertThat(CacheFolder.of(Map.of("SDE_CACHE", "", "XDG_CACHE_HOME", "", "LOCALAPPDATA", "")))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "sde"))
                .isEqualTo(CacheFolder.of(Map.of()));
        assertThat(CacheFolder.of(Map.of("SDE_CACHE", "own"))).isEqualTo(Path.of(OWN));
    }
}
