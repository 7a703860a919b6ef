package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** The clauses {@code in …} of declarations: the values that they allow, and the clauses that are refused. */
class DeclaredTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "v in 1..                ; 1, 7, 1e9              ; 0, -1, 1.5, inf, nan",
                "v in -2..               ; -2, 0                  ; -3, -1.5",
                "v in 1..3               ; 1, 2, 3                ; 0, 4, 2.5",
                "v in -inf..inf          ; -5, 0                  ; 1.5, inf, -inf, nan",
                "v in variable           ; 0, 'a', none           ; ~~",
                "v in (0, inf)           ; 1e-300, 0.5, 1e300     ; 0, -1, inf, nan",
                "v in [0, inf)           ; 0, 3                   ; -1e-300, inf",
                "v in [0, 1)             ; 0, 0.5                 ; 1, -0.1",
                "v in (0, 1]             ; 0.5, 1                 ; 0, 1.1",
                "v in [-pi, 2*pi]        ; -3.14, 6.28            ; -3.15, 6.29",
                "v in [1, 1]             ; 1                      ; 0.9, 1.1",
                "v in 'a' | 'b'          ; 'a', 'b'               ; 'c', 'A', '', 1, true",
                "v in 3 | 5              ; 3, 5                   ; 4, 0",
                "v in true               ; true                   ; false, 1",
                "v in 'auto' | true | false; 'auto', true, false  ; 'on', 1",
                "v in 1.. | 'all'        ; 1, 20, 'all'           ; 0, 'some'",
                "v in 1.. | inf          ; 1, inf                 ; 0, -inf",
                "v in [0, 1] | -1        ; 0, 1, -1               ; -0.5, 2",
                "v in 1.. | none         ; 1, none                ; 0, 'none'",
                "v = none in 1..         ; 1, none                ; 0",
                "v = none in 'a' | 'b'   ; 'a', none              ; 'c'",
                "v = 1 in 1..            ; 1                      ; none",
                "v in number             ; 0, -1.5, inf           ; 'a', true, none",
                "v in string             ; 'a', ''                ; 1, none",
                "v in string | [0, 1]    ; 'any', 0.5             ; 2, true",
                "v                       ; 0, 'a', true, none     ; ~~"
            })
    void a_clause_allows_its_choices_and_no_other_value(String parameter, String allowed, String refused) {
        ParameterType type = DeclaredType.of(parameter(parameter));

        assertThat(constants(allowed)).isNotEmpty().allMatch(value -> type.takes(ArgumentFacts.of(value)));
        assertThat(constants(refused)).noneMatch(value -> type.takes(ArgumentFacts.of(value)));
        assertThat(DeclaredType.errors(parameter(parameter))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1..", "(0, inf)", "3 | 5", "number"})
    void a_number_that_is_not_known_yet_and_a_tensor_pass(String clause) {
        ParameterType type = DeclaredType.of(parameter("v in " + clause));

        assertThat(type.takes(unknown(Kind.NUMBER))).isTrue();
        assertThat(type.takes(unknown(Kind.TENSOR))).isTrue();
        assertThat(type.takes(unknown(Kind.LIST))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "list, LIST",
        "record, RECORD",
        "tensor, TENSOR",
        "data, DATA",
        "distribution, DISTRIBUTION",
        "process, SDE",
        "score, MODEL",
        "model, MODEL",
        "network, NETWORK",
        "function, SCHEDULE",
        "kernel, KERNEL",
        "schedule, SCHEDULE",
        "loss, LOSS",
        "predictor, PREDICTOR",
        "corrector, CORRECTOR",
        "sampler, SAMPLER",
        "method, METHOD"
    })
    void a_kind_allows_its_values_beside_others(String name, Kind kind) {
        ParameterType alone = DeclaredType.of(parameter("v in " + name));
        ParameterType beside = DeclaredType.of(parameter("v = none in (0, 1) | " + name));

        assertThat(alone.takes(unknown(kind))).isTrue();
        assertThat(alone.takes(ArgumentFacts.of(new Constant.Text("a")))).isFalse();
        assertThat(beside.takes(unknown(kind))).isTrue();
        assertThat(beside.takes(ArgumentFacts.of(new Constant.Number(0.5)))).isTrue();
        assertThat(beside.takes(ArgumentFacts.of(new Constant.Number(1)))).isFalse();
        assertThat(beside.takes(ArgumentFacts.of(new Constant.None()))).isTrue();
    }

    @Test
    void each_kind_that_messages_list_can_be_declared() {
        assertThat(ParameterType.KINDS)
                .allMatch(kind -> ParameterType.named(kind).isPresent());
        assertThat(ParameterType.named("colour")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "v in (1, 0)           ; E0313 ; (1, 0)  ; no number lies in `(1, 0)`",
                "v in 3..1             ; E0313 ; 3..1    ; no number lies in `3..1`",
                "v in (1, 1]           ; E0313 ; (1, 1]  ; no number lies in `(1, 1]`",
                "v in (0, 1) | 5..     ; E0313 ; 5..     ; `v` has a second interval",
                "v in (0, n)           ; E0313 ; n       ; a bound of `v` is no constant number",
                "v in f(1)             ; E0313 ; f(1)    ; `f(1)` is no constant",
                "v in netwrok          ; E0313 ; netwrok ; `netwrok` is no kind of value",
                "v = 0 in 1..          ; E0421 ; 0       ; the default of `v` is 0, but must be at least 1",
                "v = 1.5 in 1..        ; E0420 ; 1.5     ; the default of `v` must be a whole number, but is 1.5",
                "v = 'c' in 'a' | 'b'  ; E0426 ; 'c'     ; the default of `v` is 'c', but must be 'a' or 'b'",
                "v = 1 in 'a' | list ; E0401 ; 1 ; the default of `v` must be a string or a list, but is a number"
            })
    void a_clause_that_makes_no_sense_is_refused_at_its_place(
            String parameter, String code, String place, String message) {
        List<Diagnostic> errors = DeclaredType.errors(parameter(parameter));

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.message()).isEqualTo(message.replace('\'', '"'));
            assertThat(error.span().orElseThrow().text()).isEqualTo(place.replace('\'', '"'));
        });
    }

    @Test
    void a_misspelt_kind_is_guessed_and_another_name_answered_with_all_kinds() {
        assertThat(DeclaredType.errors(parameter("v in netwrok")).getFirst().help())
                .contains("did you mean `network`?");
        assertThat(DeclaredType.errors(parameter("v in colour"))
                        .getFirst()
                        .help()
                        .orElseThrow())
                .isEqualTo("the kinds are " + String.join(", ", ParameterType.KINDS));
    }

    @Test
    void a_clause_with_an_error_refuses_no_argument() {
        assertThat(DeclaredType.of(parameter("v in (1, 0)")).isAnything()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PROCESS", "TRANSITION", "MODULE"})
    void a_value_of_another_kind_is_told_what_is_allowed(Kind kind) {
        ParameterType type = DeclaredType.of(parameter("v in 1.. | 'all' | function"));

        assertThat(type.refusal("`v`", unknown(kind), null).orElseThrow().message())
                .isEqualTo("`v` must be a number, a string or a function, but is " + kind.words());
    }

    private static ArgumentFacts unknown(Kind kind) {
        return new ArgumentFacts(kind, Optional.empty(), OptionalInt.empty(), () -> "v");
    }

    private static Parameter parameter(String text) {
        Source source = new Source("library.sde", "fn f(" + text.replace('\'', '"') + ") = v");
        Statement.Declaration declared = (Statement.Declaration)
                Parser.parse(source).orThrow().statements().getFirst();
        return declared.variables().getFirst();
    }

    private static List<Constant> constants(String list) {
        return list == null || list.isEmpty()
                ? List.of()
                : List.of(list.split(", ")).stream()
                        .map(DeclaredTypeTest::constant)
                        .toList();
    }

    private static Constant constant(String text) {
        return switch (text) {
            case "true", "false" -> new Constant.Bool(Boolean.parseBoolean(text));
            case "none" -> new Constant.None();
            case "inf" -> new Constant.Number(Double.POSITIVE_INFINITY);
            case "-inf" -> new Constant.Number(Double.NEGATIVE_INFINITY);
            case "nan" -> new Constant.Number(Double.NaN);
            default ->
                text.startsWith("'")
                        ? new Constant.Text(text.replace("'", ""))
                        : new Constant.Number(Double.parseDouble(text));
        };
    }
}
