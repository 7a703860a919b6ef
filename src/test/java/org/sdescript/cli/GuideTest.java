package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Print;
import org.sdescript.source.Source;

/**
 * In a guide, the text under a block of code is the block's output; {@code -Dsde.accept=true} rewrites it. Blocks
 * marked {@code wrong} fail, and the text is the error. A first line such as {@code # vp.sde} names the script.
 */
@Tag("numbers")
class GuideTest {
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^```sde( wrong)? *\\R((?:(?!```)[^\n]*\\R)*+)^```\\R\\R```text\\R((?:(?!```)[^\n]*\\R)*+)^```$");
    private static final Pattern NAME = Pattern.compile("^# (\\S+\\.sde)");

    @Test
    void the_guide_to_the_language_shows_what_its_scripts_print() throws IOException {
        isTrue(Path.of("docs/language.md"));
    }

    @Test
    void the_page_of_the_mathematics_shows_what_is_derived() throws IOException {
        isTrue(Path.of("docs/mathematics.md"));
    }

    private static void isTrue(Path page) throws IOException {
        String text = Files.readString(page);
        List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
        assertThat(blocks).isNotEmpty();
        String actual = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(answered(block)));
        if (Boolean.getBoolean("sde.accept")) {
            Files.writeString(page, Print.accepted(actual, text));
        } else {
            Print.compare(actual, text);
        }
        everyBlockIsAnswered(text, blocks.size());
    }

    private static String answered(MatchResult block) {
        boolean wrong = block.group(1) != null;
        String script = block.group(2);
        Matcher name = NAME.matcher(script);
        String file = name.find() ? name.group(1) : "script.sde";
        ScriptRun run = ScriptRun.of(new Source(file, script), Path.of(file));
        assertThat(run.status()).as(script + run.errors()).isEqualTo(wrong ? Main.SCRIPT_ERROR : Main.DONE);
        String before = block.group().substring(0, block.start(3) - block.start());
        return before + run.output() + run.errors() + "```";
    }

    private static void everyBlockIsAnswered(String text, int answered) {
        assertThat(Pattern.compile("(?m)^```sde").matcher(text).results())
                .as("each block of code is followed by what it prints")
                .hasSize(answered);
    }
}
