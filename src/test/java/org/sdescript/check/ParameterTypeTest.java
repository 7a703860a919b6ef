package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.diagnostic.Diagnostic;

class ParameterTypeTest {

    @Test
    void a_function_must_take_as_many_values_as_it_is_called_with() {
        Diagnostic error =
                ParameterType.SCORE.refusal("`score` of f", function(1), null).orElseThrow();

        assertThat(error.code()).isEqualTo("E0641");
        assertThat(error.message()).isEqualTo("`score` of f is called with (x, t), but g(x) takes 1 value");
        assertThat(ParameterType.SCORE.takes(function(2))).isTrue();
        assertThat(ParameterType.SCORE.takes(function(3))).isTrue();
        assertThat(ParameterType.SCORE.takes(of(Kind.FUNCTION)))
                .as("of unknown signature")
                .isTrue();
        assertThat(ParameterType.A_FUNCTION.takes(function(1))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NETWORK      | `train(network, data, process)` makes a score of a network",
                "DISTRIBUTION | `d.score(process)` is the score of a distribution's marginals",
                "NUMBER       | a score is a function of (x, t)"
            })
    void what_could_become_a_score_is_told_how(Kind kind, String help) {
        Diagnostic error =
                ParameterType.SCORE.refusal("`score`", of(kind), null).orElseThrow();

        assertThat(error.code()).isEqualTo("E0401");
        assertThat(error.help()).contains(help);
    }

    @Test
    void a_step_in_place_of_a_sampler_is_told_how_it_becomes_one() {
        assertThat(ParameterType.A_SAMPLER
                        .refusal("`using`", of(Kind.CORRECTOR), null)
                        .orElseThrow()
                        .help())
                .contains("`pc(corrector = …)` makes a sampler of a corrector");
    }

    @Test
    void a_type_is_widened_by_what_is_named_alone() {
        ParameterType count = ParameterType.number(NumberRange.COUNT);

        assertThat(count.takes(of(Kind.NONE))).isFalse();
        assertThat(count.orNone().takes(of(Kind.NONE))).isTrue();
        assertThat(count.takes(of(Kind.LIST))).isFalse();
        assertThat(count.orList().takes(of(Kind.LIST))).isTrue();
        assertThat(count.orRecord().takes(of(Kind.RECORD))).isTrue();
        assertThat(count.orRecord().takes(of(Kind.LIST))).isFalse();
        assertThat(ParameterType.A_STRING.orTensor().takes(of(Kind.DATA))).isTrue();
        assertThat(ParameterType.A_STRING.orData().takes(of(Kind.TENSOR))).isFalse();
        assertThat(count.orNone().takes(ArgumentFacts.of(new Constant.Number(0))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, TENSOR, TEXT",
        "NUMBER, FORMULA, PROCESS",
        "BOOLEAN, BOOLEAN, NUMBER",
        "TEXT, TEXT, NUMBER",
        "SCHEDULE, FUNCTION, NUMBER",
        "NETWORK, NETWORK, PREDICTOR",
        "PREDICTOR, KERNEL, CORRECTOR",
        "CORRECTOR, CORRECTOR, PREDICTOR",
        "SAMPLER, SAMPLER, PREDICTOR",
        "METHOD, METHOD, PREDICTOR",
        "LOSS, LOSS, NETWORK",
        "FUNCTION, MODEL, NUMBER"
    })
    void a_default_makes_a_parameter_take_its_kind_and_none(Kind fallback, Kind taken, Kind refused) {
        ParameterType type = ParameterType.like(fallback);

        assertThat(type.takes(of(taken))).isTrue();
        assertThat(type.takes(of(Kind.NONE))).isTrue();
        assertThat(type.takes(of(refused))).isFalse();
    }

    @Test
    void a_default_whose_kind_tells_nothing_allows_anything() {
        assertThat(ParameterType.like(Kind.LIST).isAnything()).isTrue();
        assertThat(ParameterType.like(Kind.NONE).isAnything()).isTrue();
    }

    private static ArgumentFacts of(Kind kind) {
        return new ArgumentFacts(kind, Optional.empty(), OptionalInt.empty(), () -> "v");
    }

    private static ArgumentFacts function(int room) {
        return new ArgumentFacts(Kind.FUNCTION, Optional.empty(), OptionalInt.of(room), () -> "g(x)");
    }
}
