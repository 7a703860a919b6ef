package org.sdescript.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.source.Source;

/** Scripts with mistakes and what is said about them, side by side; {@code -Dsde.accept=true} rewrites the answers. */
class TranscriptTest {
    private static final Path SCRIPTS = Path.of("src/test/sde/syntax");

    @TestFactory
    Stream<DynamicTest> mistakes_are_reported_as_written_down() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".sde")).sorted().toList().stream()
                    .map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> compare(script)));
        }
    }

    private static void compare(Path script) throws IOException {
        Path expected = Path.of(script.toString().replaceFirst("\\.sde$", ".expected"));
        String actual = transcript(script);
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String transcript(Path script) {
        try {
            Source source = new Source(script.getFileName().toString(), Files.readString(script));
            return Parser.parse(source).diagnostics().stream()
                    .map(new Renderer(false)::render)
                    .collect(Collectors.joining("\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
