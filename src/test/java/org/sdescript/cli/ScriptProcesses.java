package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Scripts of a folder, each run by its own process into the folder NAME.out. */
final class ScriptProcesses {
    private final Path folder;

    ScriptProcesses(Path folder) {
        this.folder = folder;
    }

    Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".sde"), text);
    }

    Path out(String name) {
        return folder.resolve(name + ".out");
    }

    /** @param before start of the command, such as a shell that sets limits */
    Process start(Path script, String... before) throws IOException {
        String name = name(script);
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsde.threads=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                script.toString(),
                "--out",
                out(name).toString()));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".told").toFile())
                .redirectOutput(folder.resolve(name + ".said").toFile())
                .start();
    }

    /** Runs the script to its end and returns its output. */
    List<String> said(Path script, String... before) throws Exception {
        Process process = start(script, before);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(told(script)).isZero();
        return Files.readAllLines(folder.resolve(name(script) + ".said"));
    }

    /** The text on standard error of the script's last run. */
    String told(Path script) throws IOException {
        return Files.readString(folder.resolve(name(script) + ".told"));
    }

    private static String name(Path script) {
        return script.getFileName().toString().replace(".sde", "");
    }
}
