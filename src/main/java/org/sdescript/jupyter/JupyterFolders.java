package org.sdescript.jupyter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders in which Jupyter looks for kernels.
 *
 * @param environment environment variables
 * @param home the user's home folder
 * @param system the name of the operating system
 */
public record JupyterFolders(Map<String, String> environment, Path home, String system) {
    private static final Path SHARED = Path.of("share", "jupyter");
    private static final List<String> PREFIXES = List.of("VIRTUAL_ENV", "CONDA_PREFIX");
    private static final List<String> COMMANDS = List.of("jupyter", "python3", "python");

    public static JupyterFolders present() {
        return new JupyterFolders(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
    }

    /** The data folder of the user. */
    public Path ofUser() {
        return variable("JUPYTER_DATA_DIR").map(Path::of).orElseGet(() -> {
            if (system.startsWith("Mac")) {
                return home.resolve(Path.of("Library", "Jupyter"));
            }
            if (system.startsWith("Windows")) {
                return variable("APPDATA").map(Path::of).orElse(home).resolve("jupyter");
            }
            return variable("XDG_DATA_HOME")
                    .map(Path::of)
                    .orElseGet(() -> home.resolve(Path.of(".local", "share")))
                    .resolve("jupyter");
        });
    }

    /** The data folder below a prefix, such as {@code /usr/local}. */
    public static Path below(Path prefix) {
        return prefix.resolve(SHARED);
    }

    /** The prefix of the active Python environment, or of the Jupyter or Python on the PATH; empty without any. */
    public Optional<Path> pythonPrefix() {
        Optional<Path> active = PREFIXES.stream()
                .flatMap(name -> variable(name).stream())
                .map(Path::of)
                .findFirst();
        return active.isPresent()
                ? active
                : COMMANDS.stream().flatMap(this::onPath).findFirst();
    }

    /** The prefixes of a command: {@code /usr} for {@code /usr/bin/python3}. */
    private Stream<Path> onPath(String command) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve(command))
                        || Files.isExecutable(folder.resolve(command + ".exe")))
                .flatMap(folder -> Optional.ofNullable(folder.toAbsolutePath().getParent()).stream());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
