package org.sdescript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The scripts in a folder of {@code src/test/sde}, each with its expected output beside it; {@code -Dsde.accept=true}
 * rewrites the expected output. Numbers agree within the bounds of {@link Print}.
 */
public final class Transcripts {
    private static final Path SCRIPTS = Path.of("src/test/sde");

    private Transcripts() {}

    /** The actual output for a script. */
    @FunctionalInterface
    public interface Answer {
        String of(Path script) throws IOException;
    }

    public static Stream<DynamicTest> of(String folder, Answer answer) throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".sde")).sorted().toList().stream()
                    .map(script -> DynamicTest.dynamicTest(
                            script.getFileName().toString(), () -> compare(script, answer.of(script))));
        }
    }

    private static void compare(Path script, String actual) throws IOException {
        Path expected = Path.of(script.toString().replaceFirst("\\.sde$", ".expected"));
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(
                    expected, Files.exists(expected) ? Print.accepted(actual, Files.readString(expected)) : actual);
        }
        Print.compare(actual, Files.readString(expected));
    }
}
