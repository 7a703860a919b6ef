package org.sdescript.syntax.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.source.Source;

/** The scripts that users read are formatted; {@code -Dsde.accept=true} formats them. */
class OwnScriptsTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?<=^```sde\n).*?(?=^```$)", Pattern.DOTALL | Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"stdlib", "examples"})
    void scripts_are_formatted(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sde"))
                    .sorted()
                    .toList()) {
                requireSame(file, format(file.toString(), Files.readString(file)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/first-steps.md"})
    void scripts_of_the_first_pages_are_formatted(String name) throws IOException {
        Path page = Path.of(name);
        String formatted = BLOCK.matcher(Files.readString(page))
                .replaceAll(block -> Matcher.quoteReplacement(format(name, block.group())));

        requireSame(page, formatted);
    }

    private static void requireSame(Path file, String formatted) throws IOException {
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(file, formatted);
        }
        assertThat(Files.readString(file)).as("%s, after `sde fmt`", file).isEqualTo(formatted);
    }

    private static String format(String name, String text) {
        return Formatter.format(new Source(name, text)).orThrow();
    }
}
