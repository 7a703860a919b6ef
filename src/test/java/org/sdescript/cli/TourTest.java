package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Print;

/**
 * In the tour, the text under {@code $ sde …} is the command's output, and under {@code $ cat …} a file;
 * {@code -Dsde.accept=true} rewrites both. A comment above the block cuts it to passages:
 * {@code <!-- "first line" 12, "another" 3 -->} are twelve lines from the first line that contains these words, then
 * three from the next line that contains the others. The blocks of code that begin with a file name are the scripts.
 */
class TourTest {
    private static final Path PAGE = Path.of("docs/tour.md");
    private static final Pattern SCRIPT =
            Pattern.compile("(?ms)^```sde(?: wrong)? *\\R(# (\\S+\\.sde)\\b(?:(?!```)[^\n]*\\R)*+)^```");
    private static final Pattern SHOWN = Pattern.compile(
            "(?ms)^(?:<!-- (\"[^\n]*) -->\\R)?```text\\R\\$ ((?:sde|cat) [^\n]*)\\R((?:(?!```)[^\n]*\\R)*+)^```$");
    private static final Pattern PASSAGE = Pattern.compile("\"([^\"]+)\" (\\d+)");
    private static final String LEFT_OUT = "⋮\n";

    @TempDir
    private Path folder;

    private final Map<String, List<String>> said = new HashMap<>();

    @Test
    void the_tour_shows_what_the_program_prints() throws IOException {
        String text = Files.readString(PAGE);
        for (MatchResult script : SCRIPT.matcher(text).results().toList()) {
            Files.writeString(folder.resolve(script.group(2)), script.group(1));
        }
        List<MatchResult> blocks = SHOWN.matcher(text).results().toList();
        assertThat(blocks)
                .as("every block of text is the answer to a command")
                .isNotEmpty()
                .hasSameSizeAs(
                        Pattern.compile("(?m)^```text").matcher(text).results().toList());

        String actual = SHOWN.matcher(text).replaceAll(block -> Matcher.quoteReplacement(answered(block)));

        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(PAGE, Print.accepted(actual, text));
        } else {
            Print.compare(actual, text);
        }
    }

    private String answered(MatchResult block) {
        List<String> lines = said.computeIfAbsent(block.group(2), this::lines);
        String shown = block.group(1) == null ? String.join("", lines) : passages(block.group(1), lines);
        return block.group().substring(0, block.start(3) - block.start()) + shown + "```";
    }

    private List<String> lines(String command) {
        String[] words = command.split(" ");
        try {
            String text = words[0].equals("cat") ? Files.readString(Path.of(words[1])) : printed(words);
            return text.stripTrailing()
                    .lines()
                    .map(line -> line.stripTrailing() + "\n")
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String printed(String... words) throws IOException {
        Shell.Answer answer = Shell.in(folder).sde(Arrays.copyOfRange(words, 1, words.length));
        return answer.output() + answer.errors();
    }

    private static String passages(String wanted, List<String> lines) {
        StringBuilder shown = new StringBuilder();
        int next = 0;
        for (MatchResult passage : PASSAGE.matcher(wanted).results().toList()) {
            int start = next;
            while (start < lines.size() && !lines.get(start).contains(passage.group(1))) {
                start++;
            }
            assertThat(start)
                    .as("a line with %s, of %s", passage.group(), lines)
                    .isLessThan(lines.size());
            shown.append(start > next ? LEFT_OUT : "");
            next = Math.min(lines.size(), start + Integer.parseInt(passage.group(2)));
            shown.append(String.join("", new ArrayList<>(lines.subList(start, next))));
        }
        return shown.append(next < lines.size() ? LEFT_OUT : "").toString();
    }
}
