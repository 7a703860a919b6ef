package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Print;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.manual.ErrorPage;
import org.sdescript.manual.ErrorPages;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;

/**
 * Every code has a page in {@code docs/errors}; its wrong script gives the error shown on the page, its right script
 * gives none. {@code -Dsde.accept=true} rewrites the shown errors.
 */
class ErrorPagesTest {
    private static final Path PAGES = Path.of("docs/errors");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern CODE = Pattern.compile("\"([EW]0\\d{3})\"");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)^```$");
    private static final Pattern TESTED = Pattern.compile("<!-- tested by (\\w+) -->");
    private static final Pattern UNTESTED = Pattern.compile("<!-- not tested: .+ -->");
    private static final String COMMAND = "# sde run script.sde";

    @Test
    void every_code_has_a_page_and_every_page_a_code() {
        assertThat(pages().map(ErrorPage::code).sorted()).containsExactlyElementsOf(codes());
    }

    @Test
    void the_pages_are_packed_with_the_product() {
        assertThat(new ErrorPages().all())
                .extracting(ErrorPage::code)
                .containsExactlyElementsOf(pages().map(ErrorPage::code).sorted().toList());
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_script_is_told_what_its_page_shows() {
        return pages().flatMap(page -> block(page, "sde wrong").stream()
                .map(script -> DynamicTest.dynamicTest(page.code(), () -> compare(page, script))));
    }

    private static void compare(ErrorPage page, String script) throws IOException {
        Path folder = folder(page.body().substring(0, page.body().indexOf("```sde wrong")));
        String told = transcript(script, folder);
        assertThat(told).contains("[" + page.code() + "]");
        if (Boolean.getBoolean("sde.accept")) {
            accept(page, script, told);
        }
        Print.compare(told, block(page(page.code()), "text").orElseThrow());
    }

    @TestFactory
    Stream<DynamicTest> a_right_script_runs() {
        return pages().flatMap(page -> block(page, "sde right").stream()
                .map(script -> DynamicTest.dynamicTest(page.code(), () -> {
                    assertThat(transcript(script, folder(page.body())))
                            .endsWith("[exit 0]\n")
                            .doesNotContain(page.code());
                })));
    }

    @TestFactory
    Stream<DynamicTest> a_page_without_a_script_says_how_its_error_is_tested() {
        return pages().filter(page -> block(page, "sde wrong").isEmpty())
                .map(page -> DynamicTest.dynamicTest(page.code(), () -> {
                    Optional<String> test = TESTED.matcher(page.body())
                            .results()
                            .map(marker -> marker.group(1))
                            .findFirst();
                    if (test.isPresent()) {
                        assertThat(source(test.get())).contains(page.code());
                    } else {
                        assertThat(page.body()).containsPattern(UNTESTED);
                    }
                }));
    }

    /** Errors that no test can bring about; every other code has a script on its page, or a test that the page names. */
    @Test
    void errors_without_a_test_are_those_of_the_machine_and_the_unreachable() {
        assertThat(pages().filter(page -> UNTESTED.matcher(page.body()).find()).map(ErrorPage::code))
                .containsExactlyInAnyOrder("E0461", "E0613", "E0705", "E0732", "E0901", "E0903", "E0930");
    }

    /** The messages of {@code sde run script.sde} in a folder: warnings, then the output of the run. */
    private static String transcript(String script, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sde"), script);
        Source source = ScriptFile.read(file);
        ScriptRun run = ScriptRun.of(source, file, options(script), folder.resolve("runs/script"));
        assertThat(run.errors())
                .doesNotContain("\tat ")
                .doesNotContain("bug in sde")
                .doesNotContain("Exception");
        return new ScriptRun(run.output(), warnings(source) + run.errors(), run.status())
                .showing(folder, "")
                .toString()
                .replaceAll("(?m)(?<=[ \"])/(?=script\\.sde|runs/|[a-z]+\\.)", "");
    }

    private static String warnings(Source source) {
        return Script.PIPELINE.check(source).stream()
                .filter(found -> found.severity() == Diagnostic.Severity.WARNING)
                .map(found -> new Renderer(false).render(found) + "\n")
                .collect(Collectors.joining());
    }

    private static Map<String, String> options(String script) {
        Map<String, String> options = new LinkedHashMap<>();
        String first = script.lines().findFirst().orElse("");
        if (first.startsWith(COMMAND)) {
            String[] words = first.substring(COMMAND.length()).strip().split("\\s+");
            for (int i = 0; i + 1 < words.length; i += 2) {
                options.put(words[i].substring(2), words[i + 1]);
            }
        }
        return options;
    }

    /** A folder with the files that a page puts beside a script, including those before the wrong script. */
    private static Path folder(String page) throws IOException {
        Path folder = Script.temporary();
        for (MatchResult block : blocks(page).toList()) {
            String[] words = block.group(1).split(" ");
            if (words.length == 2 && words[1].contains(".")) {
                Files.writeString(folder.resolve(words[1]), block.group(2));
            }
        }
        return folder;
    }

    private static void accept(ErrorPage page, String script, String told) throws IOException {
        Path file = PAGES.resolve(page.code().replaceFirst("W", "E").substring(0, 3) + ".md");
        String text = Files.readString(file);
        String before = "```sde wrong\n" + script + "```\n";
        int from = text.indexOf("```text\n", text.indexOf(before, text.indexOf("## " + page.code() + ":")));
        int to = text.indexOf("```\n", from + 8);
        String shown = Print.accepted(told, text.substring(from + 8, to));
        Files.writeString(file, text.substring(0, from + 8) + shown + text.substring(to));
    }

    private static Stream<MatchResult> blocks(String page) {
        return BLOCK.matcher(page).results();
    }

    private static Optional<String> block(ErrorPage page, String kind) {
        return blocks(page.body())
                .filter(block -> block.group(1).equals(kind))
                .map(block -> block.group(2))
                .findFirst();
    }

    private static ErrorPage page(String code) {
        return pages().filter(page -> page.code().equals(code)).findFirst().orElseThrow();
    }

    private static Stream<ErrorPage> pages() {
        return files(PAGES, ".md").flatMap(file -> ErrorPages.in(text(file)).stream());
    }

    private static TreeSet<String> codes() {
        return Stream.concat(files(Path.of("src/main/java"), ".java"), files(Path.of("stdlib"), ".sde"))
                .flatMap(file -> CODE.matcher(text(file)).results())
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String source(String test) {
        return text(files(TESTS, "/" + test + ".java").findFirst().orElseThrow());
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
