package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** Scripts that parse and cannot run, with what is said about them; {@code -Dsde.accept=true} rewrites the answers. */
class TranscriptTest {
    private static final Path SCRIPTS = Path.of("src/test/sde/check");

    @TestFactory
    Stream<DynamicTest> mistakes_are_reported_as_written_down() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".sde")).sorted().toList().stream()
                    .map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> compare(script)));
        }
    }

    private static void compare(Path script) throws IOException {
        Path expected = Path.of(script.toString().replaceFirst("\\.sde$", ".expected"));
        Source source = new Source(script.getFileName().toString(), Files.readString(script));
        String actual = Checker.check(Parser.parse(source).orThrow(), Globals.of(List.of("print", "sqrt"))).stream()
                .map(new Renderer(false)::render)
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }
}
