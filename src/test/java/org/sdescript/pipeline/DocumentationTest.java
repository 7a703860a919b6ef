package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.PictureFiles;
import org.sdescript.Script;

/**
 * The files of examples/ and the sde blocks of README and docs run; paths and classes named in the documentation exist.
 */
class DocumentationTest {
    /** The reference is excluded: its examples are those of the manual, which have their own test. */
    private static final Path REFERENCE = Path.of("docs/reference");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sde *$\\R(.*?)^```");

    /** Whole numbers of three digits or more: counts of samples, steps and features. */
    private static final Pattern LARGE = Pattern.compile("(?<![\\w.])\\d[\\d_]{2,}(?![\\w.])");

    private static final String SMALL = "24";

    /** A bound, because every clone and every archive contains all pictures. */
    private static final long MOST_BYTES_OF_PICTURES = 1_500_000;

    private static final Path README = Path.of("README.md");
    private static final Path WORKFLOW = Path.of(".github/workflows/verify.yml");
    private static final List<Path> SOURCES = Stream.of("main", "test", "bench", "mutate")
            .map(kind -> Path.of("src", kind, "java", "org", "sdescript"))
            .toList();
    private static final List<Path> ABOUT_THE_CODE = Stream.of("adding", "internals", "measuring", "tour")
            .map(name -> Path.of("docs", name + ".md"))
            .toList();

    /** The target of a link or picture, without an anchor. */
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|(?:src|href)=\")([^)#\"\\s]+)");

    private static final Pattern FILE =
            Pattern.compile("`((?:docs|editors|examples|grammar|src|stdlib)(?:/[\\w.-]+)+)`");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w*)`");
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z]\\w*)?)`");

    /** Small files in the places where the examples read data sets. */
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
        files.addFirst(README);
        return files.stream()
                .filter(file -> Files.exists(file) && !file.startsWith(REFERENCE))
                .flatMap(file -> BLOCK.matcher(text(file))
                        .results()
                        .map(block -> DynamicTest.dynamicTest(
                                file + ":" + line(file, block), () -> Script.run(small(block.group(1))))));
    }

    @TestFactory
    Stream<DynamicTest> what_a_page_links_to_is_there() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(page.toString(), () -> {
            Path folder = page.toAbsolutePath().getParent();
            assertThat(found(LINK, text(page)).filter(link -> !link.contains("://")))
                    .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
        }));
    }

    /** Checks paths, classes with their package and, on pages about the code, classes by name alone. */
    @TestFactory
    Stream<DynamicTest> files_and_classes_that_a_page_names_are_there() throws IOException {
        Set<String> classes = new HashSet<>();
        for (Path root : SOURCES) {
            sources(root, ".java")
                    .forEach(file -> classes.add(root.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.')));
        }
        Set<String> names = sources(Path.of("src"), ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        return pages().map(page -> DynamicTest.dynamicTest(page.toString(), () -> {
            String text = page.startsWith(Path.of("docs/errors")) ? "" : text(page);
            assertThat(found(FILE, text))
                    .allSatisfy(file -> assertThat(Path.of(file)).exists());
            assertThat(found(CLASS, text).filter(DocumentationTest::isOurs)).isSubsetOf(classes);
            if (ABOUT_THE_CODE.contains(page)) {
                assertThat(found(NAME, text)).isNotEmpty().isSubsetOf(names);
            }
        }));
    }

    @Test
    void each_picture_is_shown_and_together_they_are_small() throws IOException {
        List<Path> pictures = sources(Path.of("docs/images"), ".png");
        String text = pages().map(DocumentationTest::text).collect(Collectors.joining());

        assertThat(pictures).isNotEmpty().allSatisfy(picture -> assertThat(text)
                .contains("images/" + picture.getFileName()));
        assertThat(pictures.stream()
                        .mapToLong(picture -> picture.toFile().length())
                        .sum())
                .isLessThan(MOST_BYTES_OF_PICTURES);
    }

    @Test
    void the_workflow_runs_the_commands_of_the_readme() {
        String shell = Pattern.compile("(?ms)^```sh$(.*?)^```")
                .matcher(text(README))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        List<String> commands = shell.lines()
                .map(line -> line.replaceAll(" +#.*", ""))
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(commands).hasSize(2).allSatisfy(command -> assertThat(text(WORKFLOW))
                .contains("run: " + command + "\n"));
    }

    private static boolean isOurs(String name) {
        return Files.isDirectory(SOURCES.getFirst().resolve(name.substring(0, name.indexOf('.'))));
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of(""))) {
            return Stream.concat(
                    root.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream(),
                    sources(Path.of("docs"), ".md").stream());
        }
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text.replaceAll("(?ms)^```.*?^```", ""))
                .results()
                .map(match -> match.group(1));
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
