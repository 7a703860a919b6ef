package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Reference;

/** {@code docs/} holds the output of {@code sde doc}; {@code -Dsde.accept=true} writes it there. */
class ReferenceTest {
    private static final Path DOCS = Path.of("docs");

    /** A name between backticks, but no file and no field. */
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @TestFactory
    Stream<DynamicTest> the_reference_is_as_the_manual_has_it() throws IOException {
        return compare("reference", new Reference(Script.PIPELINE.manual()).pages());
    }

    @TestFactory
    Stream<DynamicTest> the_pages_of_errors_have_their_contents() throws IOException {
        return compare("errors", new ErrorPages().files());
    }

    @Test
    void no_page_is_left_of_a_theme_that_is_gone() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("reference"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();

            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            new Reference(Script.PIPELINE.manual()).pages().keySet());
        }
    }

    @Test
    void the_page_on_the_library_names_only_what_the_manual_has() throws IOException {
        Set<String> entries = Script.PIPELINE.manual().entries().stream()
                .flatMap(entry -> entry.names().stream())
                .collect(Collectors.toSet());

        assertThat(NAME.matcher(Files.readString(DOCS.resolve("library.md")))
                        .results()
                        .map(name -> name.group(1)))
                .hasSizeGreaterThan(100)
                .isSubsetOf(entries);
    }

    private static Stream<DynamicTest> compare(String part, Map<String, String> pages) throws IOException {
        Path folder = Files.createDirectories(DOCS.resolve(part));
        return pages.entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> {
                    Path file = folder.resolve(page.getKey());
                    if (Boolean.getBoolean("sde.accept")) {
                        Files.writeString(file, page.getValue());
                    }
                    assertThat(file).as("-Dsde.accept=true writes it").hasContent(page.getValue());
                }));
    }
}
