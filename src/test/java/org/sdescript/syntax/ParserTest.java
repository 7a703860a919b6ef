package org.sdescript.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;

class ParserTest {

    @TestFactory
    Stream<DynamicTest> the_samples_of_the_language_parse() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/language"))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertThat(
                                    Parser.parse(new Source(file.toString(), Files.readString(file)))
                                            .diagnostics())
                            .isEmpty()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-x^2           | -(x^2)",
                "2^-1           | 2^(-1)",
                "2^-x*y         | (2^(-x))*y",
                "a^b^c          | a^(b^c)",
                "-x*y           | (-x)*y",
                "a - b - c      | (a - b) - c",
                "a + b*c        | a + (b*c)",
                "a..b + 1       | a..(b + 1)",
                "not a == b     | not (a == b)",
                "not a and b    | (not a) and b",
                "a or b and c   | a or (b and c)",
                "t -> t + 1     | t -> (t + 1)",
                "t -> if a then b else c | t -> (if a then b else c)",
                "if a then b else c or d | if a then b else (c or d)",
                "f(x)(y).z[0]   | (((f(x))(y)).z)[0]"
            })
    void operators_bind_as_the_language_says(String written, String meant) {
        assertThat(expression(written)).isEqualTo(expression(meant));
    }

    @Test
    void comparisons_chain_unless_parentheses_separate_them() {
        assertThat(expression("0 < t <= 1"))
                .isInstanceOfSatisfying(Expression.Comparison.class, chain -> assertThat(chain.operands())
                        .hasSize(3));
        assertThat(expression("(0 < t) == true"))
                .isInstanceOfSatisfying(Expression.Comparison.class, one -> assertThat(one.operands())
                        .hasSize(2));
    }

    @Test
    void a_range_of_whole_numbers_is_no_decimal() {
        assertThat(expression("1..1000")).isInstanceOf(Expression.Range.class);
        assertThat(expression("20_000"))
                .isInstanceOfSatisfying(Expression.Number.class, number -> assertThat(number.value())
                        .isEqualTo(20_000));
    }

    @Test
    void words_of_declarations_are_ordinary_names_elsewhere() {
        assertThat(
                        parse(
                                "loss = 3\nsampler(x)\np.sde\nx = schedule + fn\npc(predictor = none, import = 1)\nparam -= 1\n"))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(a,\n  b\n)",
                "x = 1 +\n  2",
                "x = [1,\n2\n]",
                "f = x ->\n x",
                "r = {a: 1\n b: 2, c: 3\n}",
                "if a { b }\nelse { c }",
                "if a { b } else if c { d }\n# note\n\nelse { e }",
                "x = if a\n then b\n else c",
                "plot(scatter(x); to = \"f.png\")",
                "\uFEFFx = 1\r\ny\t= 2\r\n",
                "#!/usr/bin/env sde\nx = 1",
                "σ² = 1; x₀ = σ²",
                "x = {}",
                "if a { } else { }",
                "fn f(x; a = 1,) { return }",
                "x = [v for i, v in enumerate(e) if i > 0 if v]",
                "x[:, 0]; x[1:]; x[:2]",
                "for v in x[1:\n] { }"
            })
    void is_read_without_complaint(String text) {
        assertThat(Parser.parse(new Source("test", text)).diagnostics()).isEmpty();
    }

    @Test
    void slices_may_lack_either_side() {
        assertThat(expression("x[:, 1:, -1]"))
                .isInstanceOfSatisfying(Expression.Index.class, index -> assertThat(index.subscripts())
                        .hasExactlyElementsOfTypes(Subscript.Slice.class, Subscript.Slice.class, Subscript.At.class));
    }

    @Test
    void strings_hold_expressions_and_formats() {
        Expression.Text text = (Expression.Text) expression("\"a\\n{x + 1:.3f} \\{b\\u{3b2}{f(\"{y}\")}\"");
        assertThat(text.parts())
                .extracting(part -> switch (part) {
                    case Expression.TextPart.Literal(String literal) -> literal;
                    case Expression.TextPart.Interpolation(Expression value, String format) ->
                        value.span().text() + "|" + format;
                })
                .containsExactly("a\n", "x + 1|.3f", " {bβ", "f(\"{y}\")|");
    }

    @Test
    void without_a_semicolon_what_a_callable_takes_are_variables() {
        assertThat(parse("fn f(x, y; a = 1) = x").getFirst())
                .isInstanceOfSatisfying(Statement.Declaration.class, fn -> {
                    assertThat(fn.variables()).hasSize(2);
                    assertThat(fn.parameters()).hasSize(1);
                });
        assertThat(parse("sde P(a, b = 2) { dx = dw }").getFirst())
                .isInstanceOfSatisfying(Statement.SdeDeclaration.class, sde -> assertThat(sde.parameters())
                        .hasSize(2));
    }

    @Test
    void the_text_above_a_declaration_is_its_documentation() {
        assertThat(parse("# no\n\n## One.\n## Two.\nfn f(x) = x").getFirst())
                .isInstanceOfSatisfying(
                        Statement.Declaration.class, fn -> assertThat(fn.doc()).contains("One.\nTwo."));
    }

    @Test
    void documentation_is_of_the_first_declaration_on_the_line_below() {
        assertThat(parse("## One.\nparam a = 1; param b = 2"))
                .extracting(statement -> ((Statement.Param) statement).doc())
                .containsExactly(Optional.of("One."), Optional.empty());
    }

    @Test
    void records_among_the_parameters_of_an_sde_are_not_its_body() {
        assertThat(parse("sde P(a = {b: {c: 1}}) { dx = a*x dt }").getFirst())
                .isInstanceOfSatisfying(Statement.SdeDeclaration.class, sde -> assertThat(sde.items())
                        .hasExactlyElementsOfTypes(SdeItem.ItoEquation.class));
    }

    @Test
    void all_signs_of_a_term_are_one() {
        assertThat(equation("dx = -(-a)*x dt").terms().getFirst().negated()).isFalse();
        assertThat(equation("dx = dw - -a dt").terms().getLast().negated()).isFalse();
    }

    @Test
    void a_term_of_an_equation_keeps_its_sign_apart() {
        EquationTerm drift = equation("dx = -1/2*beta(t)*x dt + dw").terms().getFirst();
        assertThat(drift.negated()).isTrue();
        assertThat(drift.coefficient()).contains(expression("1/2*beta(t)*x"));
        assertThat(drift.span().text()).isEqualTo("-1/2*beta(t)*x dt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dx = a*x dt + sqrt(2) dw | false dt, false dw",
                "dx = f*dt - g*dw         | false dt, true dw",
                "dx = -dw_1 + dw_v        | true dw_1, false dw_v",
                "dx = (a + b) dt - g ∘ dw | false dt, true dw",
                "dx = -x dt               | true dt",
                "dx = x dt +\\n  dw       | false dt, false dw"
            })
    void equations_split_into_signed_terms(String text, String terms) {
        assertThat(equation(text.replace("\\n", "\n")).terms())
                .extracting(term -> term.negated() + " " + term.differential())
                .containsExactly(terms.split(", "));
    }

    @Test
    void a_line_of_an_sde_is_told_by_what_it_says() {
        List<SdeItem> items = items("t in [0, 1]; i in 1..9; delta = 3; sigma(t) = t^2; prior = normal(std = 2)\n"
                + "x(t) = t*x(0) + noise; x[i] = x[i-1]; stratonovich; dv = v dt");
        assertThat(items)
                .hasExactlyElementsOfTypes(
                        SdeItem.TimeDomain.class,
                        SdeItem.ChainIndex.class,
                        SdeItem.LocalValue.class,
                        SdeItem.LocalFunction.class,
                        SdeItem.LocalValue.class,
                        SdeItem.TransitionEquation.class,
                        SdeItem.ChainEquation.class,
                        SdeItem.Stratonovich.class,
                        SdeItem.ItoEquation.class);
    }

    @Test
    void imports_may_have_another_name() {
        assertThat(parse("import \"a.sde\" as b\nimport \"c.sde\""))
                .extracting(statement -> ((Statement.Import) statement).alias())
                .containsExactly(Optional.of("b"), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "f(", "-", "if a then ", "{a: ", "a + ", "x -> ", "not ", "2^"})
    void nesting_is_read_up_to_a_limit_and_refused_beyond(String opener) {
        assertThat(nested(opener, 90)).isEmpty();
        assertThat(nested(opener, 20_000)).hasSize(1).allSatisfy(mistake -> assertThat(mistake.code())
                .isEqualTo("E0110"));
    }

    @Test
    void a_thousand_parentheses_are_read() {
        assertThat(nested("(", 990)).isEmpty();
        assertThat(nested("[f(", 490)).isEmpty();
    }

    private static List<Diagnostic> nested(String opener, int times) {
        String closer = opener.replaceAll("[^(\\[{]", "")
                .replace("[(", ")]")
                .replace('(', ')')
                .replace('[', ']')
                .replace('{', '}');
        String text =
                "x = " + opener.repeat(times) + "1" + (opener.startsWith("if") ? " else 2" : closer).repeat(times);
        return Parser.parse(new Source("deep", text)).diagnostics();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(a,", "fn f(x) {", "x = 1 +", "if a {\n b", "a ->"})
    void the_prompt_is_told_that_more_must_come(String text) {
        assertThat(Parser.isIncomplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(a)", "fn f(x) { x }", "x = 1", ")", "\"open"})
    void the_prompt_is_told_that_an_entry_is_whole(String text) {
        assertThat(Parser.isIncomplete(text)).isFalse();
    }

    private static List<Statement> parse(String text) {
        return Parser.parse(new Source("test", text)).orThrow().statements();
    }

    private static Expression expression(String text) {
        return ((Statement.Bind) parse("it = " + text).getFirst()).value();
    }

    private static List<SdeItem> items(String text) {
        return ((Statement.SdeDeclaration)
                        parse("sde P(a = 1) {\n" + text + "\n}").getFirst())
                .items();
    }

    private static SdeItem.ItoEquation equation(String text) {
        return (SdeItem.ItoEquation) items(text).getFirst();
    }
}
