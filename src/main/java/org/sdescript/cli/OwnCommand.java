package org.sdescript.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that starts this sde again. */
final class OwnCommand {
    private OwnCommand() {}

    /** The launcher, or java with this class path. */
    static List<String> words() {
        String launcher = System.getProperty("sde.launcher", "");
        return launcher.isEmpty()
                ? List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        Main.class.getName())
                : List.of(launcher);
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
