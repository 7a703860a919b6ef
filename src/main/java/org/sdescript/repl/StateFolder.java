package org.sdescript.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the history of entries is kept from one session to the next. */
final class StateFolder {
    private StateFolder() {}

    /** The file of the history; nothing where none can be kept. */
    static Optional<Path> history(Map<String, String> environment) {
        Path folder = folder(environment);
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            return Optional.empty();
        }
        return Files.isWritable(folder) ? Optional.of(folder.resolve("history")) : Optional.empty();
    }

    /** By the XDG base directories; on Windows among the data of applications. */
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
