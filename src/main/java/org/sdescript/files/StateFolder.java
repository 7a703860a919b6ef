package org.sdescript.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that stores the history of entries between sessions. */
public final class StateFolder {
    private StateFolder() {}

    /**
     * The path of a file in the folder; empty if the folder is not writable.
     *
     * @param environment environment variables
     */
    public static Optional<Path> file(String name, Map<String, String> environment) {
        Path folder = folder(environment);
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            return Optional.empty();
        }
        return Files.isWritable(folder) ? Optional.of(folder.resolve(name)) : Optional.empty();
    }

    /** The folder by the XDG base directory specification; on Windows the folder for application data. */
    private static Path folder(Map<String, String> environment) {
        String windows = environment.getOrDefault("LOCALAPPDATA", "");
        String given = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!given.isEmpty()) {
            return Path.of(given, "sde");
        }
        return windows.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "sde")
                : Path.of(windows, "sde");
    }
}
