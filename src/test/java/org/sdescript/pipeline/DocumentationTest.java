package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.PictureFiles;
import org.sdescript.Script;

/** What the documentation shows runs: the files of examples/, the sde blocks of README and docs. */
class DocumentationTest {
    /** Its examples are those of the manual, which have a test of their own. */
    private static final Path REFERENCE = Path.of("docs/reference");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sde *$\\R(.*?)^```");

    /** Whole numbers of three digits or more: counts of samples, steps and features. */
    private static final Pattern LARGE = Pattern.compile("(?<![\\w.])\\d[\\d_]{2,}(?![\\w.])");

    private static final String SMALL = "24";

    /** Each test finds small files where examples look for those of data sets. */
    @TempDir
    private Path folder;

    @BeforeEach
    void put_data_there() throws IOException {
        PictureFiles.in(folder);
    }

    @TestFactory
    Stream<DynamicTest> every_example_runs_at_toy_size() throws IOException {
        return sources(Path.of("examples"), ".sde").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    assertThat(text(file)).startsWith("# " + file.getFileName() + ": ");
                    assertThat(Script.run(small(text(file)), folder)).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_block_of_the_documentation_runs_at_toy_size() throws IOException {
        List<Path> files = new ArrayList<>(sources(Path.of("docs"), ".md"));
        files.addFirst(Path.of("README.md"));
        return files.stream()
                .filter(file -> Files.exists(file) && !file.startsWith(REFERENCE))
                .flatMap(file -> BLOCK.matcher(text(file))
                        .results()
                        .map(block -> DynamicTest.dynamicTest(
                                file + ":" + line(file, block), () -> Script.run(small(block.group(1))))));
    }

    private static String small(String script) {
        return LARGE.matcher(script).replaceAll(SMALL);
    }

    private static long line(Path file, MatchResult block) {
        return text(file).substring(0, block.start()).lines().count() + 1;
    }

    private static List<Path> sources(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
