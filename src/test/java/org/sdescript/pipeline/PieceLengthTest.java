package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sdescript.ast.Statement;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;

/**
 * Each declaration of the standard library is short enough to be compared with its algorithm box. Lines of code are
 * counted, without text, comments and the guards that only check an algorithm's parameters.
 */
class PieceLengthTest {
    private static final int MOST = 25;
    private static final Pattern GUARD = Pattern.compile("(?m)^ *if [^{}]*\\{\\s*fail\\([^\\n]*\\)\\s*\\}\\n");

    @ParameterizedTest
    @FieldSource("org.sdescript.pipeline.StandardLibrary#FILES")
    void no_piece_of_the_standard_library_is_longer_than_its_algorithm_box(String file) {
        Map<String, Long> lines = linesOfCode(ScriptFile.read(Path.of("stdlib", file + ".sde")));

        assertThat(lines).isNotEmpty();
        assertThat(lines).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(MOST));
    }

    @Test
    void lines_are_those_of_the_declaration_without_its_text_and_comments() {
        String body = String.join("\n", Collections.nCopies(MOST - 2, "  x = x + 1"));
        Source source = new Source("pieces.sde", """
                ## Told of it.
                fn longest(x) {
                  # a remark
                %s

                }
                fn longer(x; n = 1) {
                  if n < 1 {
                    fail("`n` is {n}, but must be at least 1")
                  }
                  x = 2*x
                %s
                }
                fn short(x) = x
                """.formatted(body, body));

        assertThat(linesOfCode(source))
                .containsEntry("longest", 25L)
                .containsEntry("longer", 26L)
                .containsEntry("short", 1L);
    }

    private static Map<String, Long> linesOfCode(Source source) {
        return Parser.parse(source).orThrow().statements().stream()
                .flatMap(PieceLengthTest::piece)
                .collect(Collectors.toMap(Map.Entry::getKey, each -> lines(each.getValue())));
    }

    private static Stream<Map.Entry<String, Span>> piece(Statement statement) {
        return switch (statement) {
            case Statement.Declaration piece -> Stream.of(Map.entry(piece.name(), piece.span()));
            case Statement.SdeDeclaration piece -> Stream.of(Map.entry(piece.name(), piece.span()));
            default -> Stream.empty();
        };
    }

    private static long lines(Span span) {
        return GUARD.matcher(span.text())
                .replaceAll("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .count();
    }
}
