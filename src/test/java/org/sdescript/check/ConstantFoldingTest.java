package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

class ConstantFoldingTest {
    private static final ConstantFolding FOLDING =
            new ConstantFolding(Map.of("n", new Constant.Number(3), "s", new Constant.Text("fast")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "2 + 3*4",
                "7 % 3",
                "-7 % 3",
                "2^-1",
                "1 < 2 <= 2",
                "1 < 2 < 2",
                "1 == 1.0",
                "\"a\" != \"b\"",
                "none == 0",
                "not true or 1 > 2",
                "false and 1 > 0",
                "if 1 > 2 then 3 else \"{1/4} of it\""
            })
    void a_constant_is_what_a_run_gives(String text) {
        String run = Script.run("print(" + text + ")").getFirst();

        assertThat(FOLDING.of(expression(text)).map(Constant::text)).contains(run);
    }

    @ParameterizedTest
    @CsvSource({"n + 1, 4", "s == \"fast\", true", "n > 2 and s != \"slow\", true", "\"{n} of {s}\", 3 of fast"})
    void names_that_are_known_are_constants(String text, String value) {
        assertThat(FOLDING.of(expression(text)).map(Constant::text)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "n + m", "1/0", "n < s", "[1]", "f(1)", "m or 1 > 2", "\"{n:.2f}\"", "n.x", "n @ n"})
    void nothing_is_said_of_what_is_not_known(String text) {
        assertThat(FOLDING.of(expression(text))).isEmpty();
    }

    private static Expression expression(String text) {
        List<Statement> statements =
                Parser.parse(new Source("test", "v = " + text)).orThrow().statements();
        return Optional.of(statements.getFirst())
                .map(Statement.Bind.class::cast)
                .map(Statement.Bind::value)
                .orElseThrow();
    }
}
