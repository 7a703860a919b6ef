package org.sdescript.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** Searches through syntax trees: which nodes lie below a node, which names a file declares and hides. */
class SyntaxTreeTest {

    /** The names below each text, in the order of evaluation: they fill all places where an expression may stand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a + b*c ~ abc",
                "f = [a, b, c] ~ abc",
                "r = {p: a, q: b} ~ ab",
                "x = a[b, c:d:e] ~ abcde",
                "x = -a and not b or c ~ abc",
                "x = a < b < c ~ abc",
                "x = if a then b else c ~ abc",
                "x = a(b, n = c).field ~ abc",
                "for i in a { b } ~ ab",
                "if a { b } else { c } ~ abc",
                "while a { b } ~ ab",
                "repeat a { b } ~ ab",
                "x += a ~ a",
                "param n = a ~ a",
                "y = \"{a} and {b:.2f}\" ~ ab",
                "fn f(p = a; q = b) { return c, d } ~ abcd",
                "fn f(p) = a ~ a",
                "predictor p(x; n = a) of order b { return c, d } ~ abcd",
                "f = (p, q) -> a ~ a",
                "x = [c for i in a if b] ~ abc",
                "x = a..b ~ ab"
            })
    void all_expressions_below_a_statement_are_found(String text, String found) {
        assertThat(String.join("", names(program(text)))).isEqualTo(found);
    }

    @Test
    void all_expressions_of_a_process_are_found() {
        Program process = program("sde P(n = a) { t in [b, c]; k = d; g(u) = e*u; dx = -f*x dt + h dw }");

        assertThat(names(process)).contains("a", "b", "c", "d", "e", "f", "h");
        assertThat(names(program("sde P() { i in a..b; x[i] = c*x[i-1] + d*noise }")))
                .contains("a", "b", "c", "d");
        assertThat(names(program("sde P() { x(t) = a*x(0) + b*noise }"))).contains("a", "b");
    }

    @Test
    void declarations_are_known_without_running_a_statement() {
        Program program = program(
                "import \"o.sde\"\nparam n = 1\na = 2\nfn f(x) = x\nsde P() { dx = dw }\nprint(a)\nif a { b = 1 }");

        assertThat(program.declarations().statements())
                .extracting(statement -> statement.getClass().getSimpleName())
                .containsExactly("Import", "Param", "Declaration", "SdeDeclaration");
    }

    @Test
    void local_declarations_are_not_exported() {
        Program program = program("local fn f(x) = x\nlocal sde P() { dx = dw }\nfn g(x) = x\na = 1");

        assertThat(program.locals()).isEqualTo(Set.of("f", "P"));
        assertThat(program.exported().statements()).hasSize(2);
        assertThat(program.exported().locals()).isEmpty();
    }

    private static List<String> names(Program program) {
        return Children.all(program)
                .filter(Expression.Name.class::isInstance)
                .map(node -> ((Expression.Name) node).name())
                .toList();
    }

    private static Program program(String text) {
        return Parser.parse(new Source("script.sde", text)).orThrow();
    }
}
