package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

class CheckerTest {
    private static final Globals GLOBALS = Globals.of(List.of("print", "sqrt", "xs", "score", "enumerate"))
            .and(Map.of(
                    "clip",
                    new Signature(
                            "clip",
                            Kind.FN,
                            List.of(new Signature.Slot("x", true)),
                            List.of(new Signature.Slot("low", true), new Signature.Slot("high", false)),
                            false,
                            List.of(),
                            Optional.empty())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for v in xs { if v > 0 { print(last) }; last = v }",
                "if xs { a = 1 }\nprint(a)",
                "fn f(x) = g(x)\nfn g(x) = x\nprint(f(1))",
                "fn f(x) { return late*x }\nlate = 2",
                "f = x -> late*x\nlate = 2",
                "print(f(1))\nfn f(x) = x",
                "fn f(x; a, b = 2) = a*x\ng = f(a = 1)\nprint(g(2), f)",
                "fn f(x; a, b = 2) = a*x\nf = xs\nf(1, 2, 3, 4, 5, c = 6)",
                "fn f(x) = x\nh = f -> f(1, 2)",
                "fn f(x) { if x > 0 { return f(x - 1) }; return 0 }",
                "print([i*v for i, v in enumerate(xs) if v > 0])",
                "print(\"{xs} {score:.2f}\")",
                "a = 1\na += 1",
                "import \"other.sde\"\nprint(anything)",
                "import \"other.sde\" as o\nprint(o.anything)",
                "c = clip(low = 1)\nprint(clip(1, 2), clip(xs, low = 0, high = 1))",
                "clip = xs\nclip(1, 2, 3, 4)",
                "predictor half(process, score, x, t, dt) { return x, x }\nprint(half)",
                "sde P(b = 1) { s in [0, 1]; c = 3; k(u) = u*c; dx = -b*k(s)*x dt + sqrt(c)*v dw_1; dv = dw_1 }",
                "sde Q(b = 1) { i in 1..10; x[i] = x[i-1] + b*noise }",
                "sde R(b = 1) { x(t) = t*x(0) + b*noise }",
                "while true { repeat 3 { break }; continue }",
                "k = 2\nprint(xs[0:9:k])",
                "corr = none\nif corr != none { corr(1) }",
                "if xs { clip = 3 }\nprint(clip(1, low = 0))",
                "fn f(x; n = 1) { if n < 1 { fail_late(n) }; return x }\nfn fail_late(n) = n\nprint(f(n = 0))",
                "fn f(predictor) = predictor + 1\nprint(f(3))",
                "fn run(x; step = clip) = step(x, low = 0)\nprint(run(1, step = xs))",
                "sampler s(process, score, x) = x\nprint(s(none, none, xs), s({a: 1}, (x, t) -> x, xs))",
                "k = 3\nk = x -> x\nprint(k(2))",
                "o = {f: x -> x}\nprint(o.f(3))",
                "c = clip(low = 1)\nd = c(high = 2)\nprint(d(3), c(1)(2))",
                "import \"other.sde\"\nclip(1, 2, 3, 4)"
            })
    void a_valid_script_is_not_refused(String text) {
        assertThat(check(text)).isEmpty();
    }

    @Test
    void the_first_page_of_the_language_is_valid() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/language/quickstart.sde"));
        Globals globals = Globals.of(Set.of(
                "sqrt",
                "print",
                "reverse",
                "flow",
                "moons",
                "train",
                "mlp",
                "sample",
                "pc",
                "reverse_diffusion",
                "langevin",
                "plot",
                "scatter",
                "energy_distance",
                "linear",
                "VP"));
        assertThat(Checker.check(Parser.parse(new Source("quickstart.sde", text)), globals))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"scor, score", "prnit, print", "Sqrt, sqrt"})
    void an_unknown_name_is_answered_with_the_nearest(String written, String meant) {
        assertThat(check("print(" + written + ")")).singleElement().satisfies(error -> assertThat(error.help())
                .contains("did you mean `" + meant + "`?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clip(1)                    | E0306",
                "clip(1, 2, 3, 4)           | E0304",
                "clip(1, 2, low = 3)        | E0305",
                "clip(1, 2, hig = 3)        | E0303",
                "print(later); later = 1    | E0302",
                "print(nothing_of_the_kind) | E0301",
                "sde P() { t in [0, 1] }    | E0210"
            })
    void a_mistake_has_its_code(String text, String code) {
        assertThat(check(text)).extracting(Diagnostic::code).containsExactly(code);
    }

    @Test
    void what_imports_bring_is_known_where_it_was_given() {
        Parsed program = Parser.parse(new Source("test", "import \"other.sde\"\nprint(theirs, nobodys)"));
        assertThat(Checker.check(program, GLOBALS, module -> Optional.of(Globals.of(List.of("theirs"))))
                        .findings())
                .extracting(Diagnostic::message)
                .containsExactly("unknown name `nobodys`");
    }

    @Test
    void a_statement_with_a_syntax_error_leads_to_no_second_error() {
        String text = "a = 1 2\nprint(a)\nsde P() {\n  dx = -x\n}\nsde Q() {\n  x = a dt\n}\nprint(unheard)";
        assertThat(Checker.check(Parser.parse(new Source("test", text)), GLOBALS))
                .extracting(Diagnostic::code)
                .containsExactly("E0101", "E0203", "E0208", "E0301");
    }

    @Test
    void the_same_unknown_name_is_reported_once() {
        assertThat(check("print(nobody)\nprint(nobody)")).hasSize(1);
    }

    private static List<Diagnostic> check(String text) {
        return Checker.check(Parser.parse(new Source("test", text)), GLOBALS);
    }
}
