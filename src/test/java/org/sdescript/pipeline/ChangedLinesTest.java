package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.check.StaticValue;
import org.sdescript.source.Source;

/** The lines that changed tell the names and facts that an analysis of the whole text tells. */
class ChangedLinesTest {
    private static final String SCRIPT = """
            # a process and its use
            sde P(rate = 2, width = 0.5) {
              s(t) = rate*t
              dx = -s(t)*x dt + width dw
            }

            ## A curve.
            fn bend(x; scale = 2) {
              y = scale*x + sin(x)
              z = [v*scale for v in 1..3]
              return y
            }
            n = 3; p = P(width = 0.1)
            for i in 1..n {
              total = bend(i)
              print(total)
            }
            r = {left: n, right: bend}
            param most = 100
            m = if n > 2 then p else P()
            print(m, r.left, most)
            """;

    private static final List<String> LINES = List.of(
            "b",
            "q = 4",
            "n = 4",
            "p",
            "fn g(a; be = 2) = a*be",
            "fn bend(a) = a",
            "sde P { dx = -x dt + dw }",
            "print(P(rate = 3).prior, bend(n))",
            "for k in 1..2 { w = k }",
            "w = [v + n for v in 1..4]",
            "x = (",
            "print(bend(1, sc",
            "}");

    private static final List<String> WORDS =
            List.of("n", "bend", "P", "q", "x", "y", "rate", "p", "3", "scale", "in", "(", ", n", " = 2", "\n");

    private static final Pattern WORD = Pattern.compile("\\w+");

    @TempDir
    private Path folder;

    /** The names that a line sees, with the facts about each. */
    private static Map<String, Optional<StaticValue>> seen(ScriptAnalysis script, int offset) {
        return Stream.concat(script.visible(offset).stream(), script.parsed().lost().stream())
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> script.known(name, offset)));
    }

    /**
     * The names that the lines see in another way than the whole text. In a text with syntax errors an open bracket may
     * reach over the lines below, whose names the whole text then misses; the lines alone still see them.
     */
    private static List<String> differences(
            Map<String, Optional<StaticValue>> lines, ScriptAnalysis script, int offset) {
        Map<String, Optional<StaticValue>> whole = seen(script, offset);
        boolean isBroken = script.parsed().hasErrors();
        return Stream.concat(lines.keySet().stream(), whole.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(lines.get(name), whole.get(name)))
                .filter(name -> !isBroken
                        || whole.containsKey(name)
                                && whole.get(name).isPresent()
                                && !script.parsed().lost().contains(name))
                .map(name -> name + ": " + lines.get(name) + " and " + whole.get(name))
                .toList();
    }

    private static Optional<Map<String, Optional<StaticValue>>> fromLines(
            ScriptAnalysis before, Source now, int offset) {
        return Script.PIPELINE
                .changed(before, now, offset)
                .map(lines -> seen(lines.analysis(), offset - lines.start()));
    }

    private static Source source(String text) {
        return new Source("script.sde", text);
    }

    /** A text after an edit, and the place of the cursor. */
    private record Edited(String text, int cursor) {
        static Edited of(String text, int from, int to, String typed) {
            return new Edited(text.substring(0, from) + typed + text.substring(to), from + typed.length());
        }

        String marked() {
            return text.substring(0, cursor) + "‸" + text.substring(cursor);
        }
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Edited edited(String text, Random random) {
        Source source = source(text);
        int line = source.lineStart(1 + random.nextInt(source.lineCount()));
        int next = Math.max(line, text.indexOf('\n', line) + 1);
        MatchResult word = any(WORD.matcher(text).results().toList(), random);
        return switch (random.nextInt(5)) {
            case 0 -> Edited.of(text, line, line, any(LINES, random) + "\n");
            case 1 -> Edited.of(text, line, next, "");
            case 2 -> Edited.of(text, line, next, any(LINES, random) + "\n");
            case 3 -> Edited.of(text, word.start(), word.end(), any(WORDS, random));
            default -> Edited.of(text, word.end(), word.end(), any(WORDS, random));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void after_edits_in_any_place_the_lines_see_what_the_whole_text_sees(long seed) {
        Random random = new Random(seed);
        int answered = 0;
        Edited text = new Edited(SCRIPT, 0);
        ScriptAnalysis before = Script.PIPELINE.analysis(source(SCRIPT));
        for (int edit = 0; edit < 40; edit++) {
            Edited next = edited(text.text(), random);
            ScriptAnalysis whole = Script.PIPELINE.analysis(source(next.text()));
            Optional<Map<String, Optional<StaticValue>>> lines = fromLines(before, source(next.text()), next.cursor());
            if (lines.isPresent()) {
                answered++;
                assertThat(differences(lines.get(), whole, next.cursor()))
                        .as("seed %d, edit %d, cursor at ‸:%n%s", seed, edit, next.marked())
                        .isEmpty();
            }
            if (edit % 10 == 9) {
                text = new Edited(SCRIPT, 0);
                before = Script.PIPELINE.analysis(source(SCRIPT));
            } else {
                text = next;
                before = random.nextBoolean() ? whole : before;
            }
        }
        assertThat(answered).isPositive();
    }
}
