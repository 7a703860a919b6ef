package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of {@code docs/java.md} and of the Javadoc of the interface for programs: each block compiles without a
 * warning, runs, and prints what the comments behind its {@code println} say.
 */
class JavaExamplesTest {
    private static final Path PAGE = Path.of("docs/java.md");
    private static final List<Path> PACKAGES =
            List.of(Path.of("src/main/java/org/sdescript/api"), Path.of("src/main/java/org/sdescript/script"));

    private static final Pattern OF_PAGE = Pattern.compile("(?ms)^```java$\\R(.*?)^```");
    private static final Pattern OF_JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\R(.*?)\\R *\\* *\\}</pre>");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^ *public (?:sealed |final )*(?:class|record|interface|enum) (\\w+)");

    /** Many steps of training, of which the test takes few. */
    private static final Pattern STEPS = Pattern.compile("(\"steps\", )\\d+");

    private static final Pattern PRINTED = Pattern.compile("println\\(.*\\); *// (.*)$");

    private static final String IMPORTS = """
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import javax.script.*;
            import org.sdescript.api.*;
            """;

    @TempDir
    private static Path folder;

    private static CompiledJava compiled;
    private static List<Block> blocks;

    /** One example, as the method {@code run} of a class of its own. */
    private record Block(String place, String type, String code) {
        String source() {
            return IMPORTS + "public final class " + type + " {\n  private " + type
                    + "() {}\n  public static void run() throws Exception {\n"
                    + STEPS.matcher(code).replaceAll("$120") + "\n}}\n";
        }

        /** The comments behind {@code println}, in order. */
        List<String> expected() {
            return code.lines()
                    .flatMap(line -> PRINTED.matcher(line).results().map(match -> match.group(1)
                            .strip()))
                    .toList();
        }
    }

    @BeforeAll
    static void compile() throws IOException {
        blocks = new ArrayList<>();
        OF_PAGE.matcher(Files.readString(PAGE)).results().forEach(match -> add(PAGE.toString(), match.group(1)));
        for (Path file : sources()) {
            OF_JAVADOC
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(match -> add(file.getFileName().toString(), unstarred(match.group(1))));
        }
        List<Path> files = new ArrayList<>();
        for (Block block : blocks) {
            files.add(Files.writeString(folder.resolve(block.type() + ".java"), block.source()));
        }
        compiled = new CompiledJava(folder.resolve("classes"), files);
    }

    private static void add(String place, String code) {
        blocks.add(new Block(place + " " + (blocks.size() + 1), "Example" + (blocks.size() + 1), code));
    }

    /** Removes the stars at the beginning of the lines of a comment. */
    private static String unstarred(String comment) {
        return comment.lines().map(line -> line.replaceFirst("^ *\\* ?", "")).collect(Collectors.joining("\n"));
    }

    private static List<Path> sources() {
        return PACKAGES.stream().flatMap(JavaExamplesTest::files).toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        compiled.close();
    }

    @TestFactory
    Stream<DynamicTest> a_block_prints_what_its_comments_say() {
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(block.place(), () -> {
                    List<String> printed = compiled.printed(block.type(), "run", new Class<?>[0]);

                    assertThat(printed).containsAll(block.expected());
                    if (block.place().startsWith(PAGE.toString())) {
                        assertThat(block.expected())
                                .as("each block of the page shows a result")
                                .isNotEmpty();
                    }
                }));
    }

    @Test
    void each_public_type_has_an_example() throws IOException {
        List<String> without = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            PUBLIC_TYPE
                    .matcher(text)
                    .results()
                    .filter(type -> !comment(text, type.start())
                            .map(OF_JAVADOC::matcher)
                            .map(m -> m.find())
                            .orElse(false))
                    .forEach(type -> without.add(file.getFileName() + ": " + type.group(1)));
        }
        assertThat(without).isEmpty();
    }

    /** Returns the last Javadoc comment before a position. */
    private static Optional<String> comment(String text, int end) {
        int start = text.lastIndexOf("/**", end);
        return start < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
    }
}
