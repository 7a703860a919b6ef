package org.sdescript.files;

import java.nio.file.Path;
import java.util.Map;

/** The user's folder for files that sde can make or fetch again. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * Returns the absolute path of the folder, which may not exist: the folder that SDE_CACHE names; otherwise that of
     * the XDG base directory specification, on Windows that for local data.
     *
     * @param environment environment variables
     */
    public static Path of(Map<String, String> environment) {
        String own = environment.getOrDefault("SDE_CACHE", "");
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        String windows = environment.getOrDefault("LOCALAPPDATA", "");
        Path folder = !own.isEmpty()
                ? Path.of(own)
                : !shared.isEmpty()
                        ? Path.of(shared, "sde")
                        : windows.isEmpty()
                                ? Path.of(System.getProperty("user.home"), ".cache", "sde")
                                : Path.of(windows, "sde", "cache");
        return folder.toAbsolutePath().normalize();
    }
}
