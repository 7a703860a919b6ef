package org.sdescript.syntax.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.source.Source;

class FormatterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "x=a+b-c            | x = a + b - c",
                "x=lo * (hi / lo)^t | x = lo*(hi/lo)^t",
                "x = a@b%c          | x = a @ b % c",
                "x = (a @ b)*c      | x = (a @ b)*c",
                "x = a*(b*c)/(d)    | x = a*(b*c)/d",
                "x = ((a*b) + (c))  | x = a*b + c",
                "x = -(x^2)         | x = -x^2",
                "x = (-x)^2         | x = (-x)^2",
                "x = 2^(-1)*-3      | x = 2^-1*-3",
                "x = -(-x)          | x = -(-x)",
                "x = (a^b)^(c^d)    | x = (a^b)^c^d",
                "x = a and (b or c) and not(d==e) | x = a and (b or c) and not d == e",
                "x = 0<t<=1         | x = 0 < t <= 1",
                "x = (0<t) == y     | x = (0 < t) == y",
                "x = 0..n           | x = 0..n",
                "x = 0..n-1         | x = 0 .. n - 1",
                "x = a [ 1:-1, i+1: ,: ] | x = a[1:-1, i + 1 :, :]",
                "f( x,y=2 ,)        | f(x, y = 2)",
                "plot(x; to=\"f\")  | plot(x, to = \"f\")",
                "f = (t)->t ^ 2     | f = t -> t^2",
                "f = (x,t)->()->x   | f = (x, t) -> () -> x",
                "y = (x -> x)(1)    | y = (x -> x)(1)",
                "r = {a:1,b : 2}    | r = {a: 1, b: 2}",
                "r = [ v for v in(e)if(c) ] | r = [v for v in e if c]",
                "a , b=[ b,a ]      | a, b = b, a",
                "x+=1               | x += 1",
                "n = 20_000 + 1e-5  | n = 20_000 + 1e-5",
                "s = \"{ x+1 :.2f}\\u{3b2}\" | s = \"{ x+1 :.2f}\\u{3b2}\"",
                "import \"a.sde\"   as b | import \"a.sde\" as b",
                "sde P(){}          | sde P { }",
                "fn f( ;a=1 )=a     | fn f(; a = 1) = a"
            })
    void a_statement_has_one_form(String written, String canonical) {
        assertThat(format(written)).isEqualTo(canonical + "\n");
    }

    @Test
    void a_long_list_of_allowed_values_goes_on_below_its_first_value() {
        String values = "\"a value of forty characters, more or less\"";

        assertThat(format("fn f(; kind = none in " + values + "|" + values + "|1.. ) = kind"))
                .isEqualTo("""
                        fn f(; kind = none in "a value of forty characters, more or less" |
                                              "a value of forty characters, more or less" | 1..) = kind
                        """);
    }

    @Test
    void each_statement_has_a_line_and_each_block_its_own() {
        assertThat(format("x = 1; if x>0 {a();b()} else if y {} else { c() }")).isEqualTo("""
                        x = 1
                        if x > 0 {
                          a()
                          b()
                        } else if y { } else {
                          c()
                        }
                        """);
    }

    @Test
    void equations_are_written_as_in_papers() {
        assertThat(
                        format(
                                "sde P(a=1){t in[0,1]\ndx=-1/2*a*x*dt+(sqrt(a))dw\nx[i]=x[i-1]; dv=-(a@b)dt - g∘dw; dy=-(a%b)dt+g*b@dw}"))
                .isEqualTo("""
                        sde P(a = 1) {
                          t in [0, 1]
                          dx = -1/2*a*x dt + sqrt(a) dw
                          x[i] = x[i - 1]
                          dv = -a @ b dt - g ∘ dw
                          dy = -(a % b) dt + g*b @ dw
                        }
                        """);
    }

    @Test
    void long_calls_go_on_below_their_first_argument() {
        assertThat(
                        format(
                                "x = sample(vp, score, n = 2000, seed = 2, using = pc(predictor = reverse_diffusion, corrector = langevin(snr = 0.16), steps = sampling_steps))"))
                .isEqualTo("""
                        x = sample(vp, score, n = 2000, seed = 2,
                                   using = pc(predictor = reverse_diffusion, corrector = langevin(snr = 0.16),
                                              steps = sampling_steps))
                        """);
    }

    @Test
    void long_formulas_go_on_behind_their_operators() {
        assertThat(
                        format(
                                "fn f(x) = first_summand_of_several(x) + second_summand_of_several(x) - third_summand_of_several(x)*factor_of_it(x)"))
                .isEqualTo("""
                        fn f(x) =
                          first_summand_of_several(x) + second_summand_of_several(x) -
                          third_summand_of_several(x)*factor_of_it(x)
                        """);
    }

    @Test
    void long_conditionals_break_before_else() {
        assertThat(
                        format(
                                "fn cosine(rate, steps) = step -> if step < warm then rate*(step + 1)/warm else rate*(1 + cos(pi*min(1, (step - warm)/(steps - warm))))/2"))
                .isEqualTo("""
                        fn cosine(rate, steps) = step ->
                          if step < warm then rate*(step + 1)/warm
                          else rate*(1 + cos(pi*min(1, (step - warm)/(steps - warm))))/2
                        """);
    }

    @Test
    void comments_stay_where_they_are() {
        String text = """
                #!/usr/bin/env sde
                # a script

                ## what n is
                param n = 1

                fn f(x) {  # opens
                  # ahead
                  y = g(a,  # why
                        # own line
                        b  # last
                  )

                  return y  # result
                  # end
                }

                # done
                """;
        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void trailing_comments_of_lines_that_follow_each_other_are_aligned() {
        assertThat(format("a = 1 # one\nbcd = 2 # two\n\nf() # three\n"))
                .isEqualTo("a = 1    # one\nbcd = 2  # two\n\nf()  # three\n");
    }

    @Test
    void comments_are_not_aligned_beyond_the_edge() {
        String code = "x".repeat(80);
        assertThat(format("a # " + "b".repeat(30) + "\n" + code + " # c\n"))
                .isEqualTo("a  # " + "b".repeat(30) + "\n" + code + "  # c\n");
    }

    @Test
    void of_several_blank_lines_one_is_kept() {
        assertThat(format("\n\nx = 1\n\n\n\ny = 2\nfn f() {\n\n  z\n\n}\n\n\n"))
                .isEqualTo("x = 1\n\ny = 2\nfn f() {\n  z\n}\n");
    }

    @Test
    void a_comment_that_has_to_move_documents_nothing() {
        assertThat(format("for i in x # a\n## b\n{ param n = 1 }"))
                .as("a newline ends the sentence here, so this is left as it is")
                .isEqualTo("for i in x # a\n## b\n{ param n = 1 }");
        assertThat(format("for i in (x # a\n## b\n) { param n = 1 }"))
                .isEqualTo("for i in x {  # a\n  ## b\n\n  param n = 1\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "   ", "\uFEFF", "\r\n"})
    void nothing_stays_nothing(String text) {
        assertThat(format(text)).isEmpty();
    }

    @Test
    void line_ends_are_of_one_kind_and_the_last_line_has_one() {
        assertThat(format("\uFEFFx = 1\r\n\r\n## doc\r\nfn f() = 1  # a\r\n# b\ry"))
                .isEqualTo("x = 1\n\n## doc\nfn f() = 1  # a\n# b\ny\n");
        assertThat(format("# only this")).isEqualTo("# only this\n");
    }

    @Test
    void a_text_with_mistakes_is_left_alone() {
        String text = "x=1\ny = )\n";
        Formatted formatted = Formatter.format(new Source("test", text));

        assertThat(formatted.text()).isEqualTo(text);
        assertThat(formatted.errors()).hasSize(1);
    }

    @Test
    void ten_thousand_parentheses_are_refused_by_the_parser_and_a_thousand_taken_off() {
        assertThat(Formatter.format(new Source("deep", "x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000)))
                        .errors())
                .hasSize(1);
        assertThat(format("x = " + "(".repeat(900) + "1" + ")".repeat(900))).isEqualTo("x = 1\n");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "f(a, |)|950",
                "[f(|)]|480",
                "a + (-|)|300",
                "{a: |}|80",
                "(x -> a or |)|300",
                "if a then | else b|400"
            })
    void deep_nesting_is_written_without_exhausting_the_stack(String open, String close, int times) {
        String formatted = format("x = " + open.repeat(times) + "1" + close.repeat(times));

        assertThat(Formatter.format(new Source("again", formatted)).orThrow()).isEqualTo(formatted);
    }

    @Test
    void a_hundred_thousand_elements_are_broken_into_lines_of_at_most_100() {
        String text = "x = [" + "f(1), ".repeat(100_000) + "2]";

        assertThat(format(text).lines()).allMatch(line -> line.length() <= 100);
    }

    private static String format(String text) {
        return Formatter.format(new Source("test", text)).text();
    }
}
