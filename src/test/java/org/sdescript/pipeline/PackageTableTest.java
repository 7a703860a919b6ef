package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of packages in {@code docs/internals.md} holds the first sentence of each {@code package-info.java} and the
 * class that its line {@code Start with …} names; {@code -Dsde.accept=true} rewrites the table.
 */
class PackageTableTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGE = Path.of("docs/internals.md");
    private static final String HEAD = "| package | what it is | open first |\n| --- | --- | --- |\n";
    private static final Pattern TABLE = Pattern.compile(Pattern.quote(HEAD) + "(?:\\|[^\n]*\n)*");
    private static final Pattern DIAGRAM = Pattern.compile("(?ms)^```text\\R(.*?)^```");
    private static final Pattern COMMENT =
            Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*(?:@NullMarked\\s+)?package ([\\w.]+);");
    private static final Pattern TAG = Pattern.compile("\\{@(?:link (?:[\\w.]+\\.)?|code )([^}]*)}");
    private static final Pattern START = Pattern.compile("Start with \\{@link (\\w+)}\\.");
    private static final String OURS = "org.sdescript.";

    /** One row of the table. */
    private record Row(String name, String sentence, Path first) {
        static Row of(Path file) {
            Matcher comment = COMMENT.matcher(text(file));
            assertThat(comment.find()).as("%s has a comment", file).isTrue();
            String text = comment.group(1).replaceAll("\\s*\n \\*\\s*", " ").strip();
            Matcher start = START.matcher(text);
            assertThat(start.find())
                    .as("%s has a line: Start with {@link X}.", file)
                    .isTrue();
            String plain = TAG.matcher(text).replaceAll("`$1`");
            return new Row(
                    comment.group(2).replace(OURS, ""),
                    plain.split("(?<=\\.)\\s", 2)[0],
                    file.resolveSibling(start.group(1) + ".java"));
        }

        String line() {
            String type = first.getFileName().toString().replace(".java", "");
            return "| `" + name + "` | " + sentence + " | [`" + type + "`](../" + first + ") |\n";
        }
    }

    @Test
    void the_table_says_what_each_package_says_of_itself() throws IOException {
        String page = text(PAGE);
        assertThat(page).contains(HEAD);
        String table = HEAD + rows().stream().map(Row::line).collect(Collectors.joining());
        String expected = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table));
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(text(PAGE)).as("-Dsde.accept=true writes the table").isEqualTo(expected);
    }

    @Test
    void the_file_to_open_first_is_there() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.first()).exists());
    }

    @Test
    void the_diagram_shows_every_package_of_ours() throws IOException {
        String diagram = DIAGRAM.matcher(text(PAGE))
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElseThrow();
        List<String> packages = rows().stream()
                .map(Row::name)
                .filter(name -> !name.startsWith("ai."))
                .map(name -> name.replaceAll("\\..*", ""))
                .distinct()
                .toList();

        assertThat(packages).allSatisfy(name -> assertThat(diagram).containsPattern("\\b" + name + "\\b"));
    }

    private static List<Row> rows() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(Row::of)
                    .sorted(Comparator.comparing(Row::name))
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
