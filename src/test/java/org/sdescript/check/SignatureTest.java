package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sdescript.ast.Statement;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

class SignatureTest {
    private static final Signature CHAINED =
            signature("fn f(x, n = 2; k = n + 1, m = 2*k, name = \"of {n}\", other = g(n)) = x");

    @Test
    void defaults_are_known_values_as_far_as_they_are_constant() {
        assertThat(CHAINED.values(Map.of()))
                .isEqualTo(Map.of("n", number(2), "k", number(3), "m", number(6), "name", new Constant.Text("of 2")));
    }

    @Test
    void a_given_value_replaces_the_default_and_those_computed_from_it() {
        assertThat(CHAINED.values(Map.of("n", Optional.of(number(5)), "other", Optional.of(number(0)))))
                .isEqualTo(Map.of(
                        "n",
                        number(5),
                        "k",
                        number(6),
                        "m",
                        number(12),
                        "name",
                        new Constant.Text("of 5"),
                        "other",
                        number(0)));
        assertThat(CHAINED.values(Map.of("k", Optional.of(number(10))))).containsEntry("m", number(20));
    }

    @Test
    void an_argument_of_unknown_value_makes_the_defaults_that_read_it_unknown() {
        Map<String, Optional<Constant>> given = new HashMap<>();
        given.put("k", Optional.empty());

        assertThat(CHAINED.values(given)).containsOnlyKeys("n", "name");
    }

    @Test
    void the_text_shows_variables_and_then_parameters_with_their_defaults() {
        assertThat(signature("fn f(x, n = 2; k, m = 2*k) = x").shown()).isEqualTo("(x, n = 2; k, m = 2*k)");
        assertThat(signature("fn f(; k = 1) = k").shown()).isEqualTo("(k = 1)");
        assertThat(signature("fn f() = 1").shown()).isEqualTo("()");
    }

    @Test
    void a_role_decides_what_its_first_variables_take() {
        Signature predictor = signature("predictor p(a, b, x, t, dt) { return x, x }");
        Signature loss = signature("loss l(s, p, x0) = 0");

        assertThat(predictor.variables().get(0).wanted()).isEqualTo(ParameterType.PROCESS_LIKE);
        assertThat(predictor.variables().get(1).wanted()).isEqualTo(ParameterType.SCORE_LIKE);
        assertThat(predictor.variables().get(2).wanted().isAnything()).isTrue();
        assertThat(loss.variables().get(0).wanted()).isEqualTo(ParameterType.SCORE_LIKE);
        assertThat(loss.variables().get(1).wanted()).isEqualTo(ParameterType.PROCESS_LIKE);
        assertThat(signature("fn f(process) = 1")
                        .variables()
                        .getFirst()
                        .wanted()
                        .isAnything())
                .isTrue();
    }

    @Test
    void the_librarys_parameters_take_the_kind_of_their_default_or_of_their_name() {
        Signature known = signature("fn f(process, z; n = 3, by = linear, corrector, choice = 2 in 1 | 2) = z")
                .customary(Map.of("linear", Kind.SCHEDULE));

        assertThat(wanted(known, "process")).isEqualTo(ParameterType.PROCESS_LIKE);
        assertThat(wanted(known, "z").isAnything()).isTrue();
        assertThat(wanted(known, "n")).isEqualTo(ParameterType.like(Kind.NUMBER));
        assertThat(wanted(known, "by")).isEqualTo(ParameterType.like(Kind.SCHEDULE));
        assertThat(wanted(known, "corrector")).isEqualTo(ParameterType.like(Kind.CORRECTOR));
        assertThat(wanted(known, "choice").takes(ArgumentFacts.of(number(3)))).isFalse();
    }

    private static ParameterType wanted(Signature signature, String slot) {
        return signature.slot(slot).orElseThrow().wanted();
    }

    private static Constant number(double value) {
        return new Constant.Number(value);
    }

    private static Signature signature(String declaration) {
        return Signature.of((Statement.Declaration) Parser.parse(new Source("library.sde", declaration))
                .orThrow()
                .statements()
                .getFirst());
    }
}
