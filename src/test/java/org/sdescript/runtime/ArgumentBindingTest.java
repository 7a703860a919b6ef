package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** Binds the arguments of calls, as a script writes them, to the slots of a declaration. */
class ArgumentBindingTest {
    private static final String STEP = "fn step(x, t; scale, shift = 0) = x";
    private static final String TWO_OPTIONS = "fn two(a = 1; b = 2) = a";

    @Test
    void positions_fill_the_variables_and_then_the_parameters() {
        assertThat(bind(STEP, "step(1, 2, 3, 4)").given())
                .containsExactly(number("x", 1), number("t", 2), number("scale", 3), number("shift", 4));
    }

    @Test
    void a_name_fills_its_slot_whatever_its_place() {
        assertThat(bind(STEP, "step(shift = 4, 1, scale = 3, 2)").given())
                .containsOnly(number("x", 1), number("t", 2), number("scale", 3), number("shift", 4));
    }

    @Test
    void a_default_is_left_to_the_call() {
        assertThat(bind(STEP, "step(1, 2, 3)").given()).doesNotContainKey("shift");
    }

    @Test
    void a_call_without_variables_is_a_configuration() {
        ArgumentBinding configured = bind(STEP, "step(scale = 3)");

        assertThat(configured.complete()).isFalse();
        assertThat(configured.given()).containsExactly(number("scale", 3));
        assertThat(bind(STEP, "step()").complete()).isFalse();
        assertThat(bind(STEP, "step(1, 2, 3)").complete()).isTrue();
        assertThat(bind(STEP, "step(t = 2, x = 1, scale = 3)").complete()).isTrue();
    }

    @Test
    void a_callable_that_needs_no_variable_is_always_called() {
        assertThat(bind(TWO_OPTIONS, "two()").complete()).isTrue();
        assertThat(bind(TWO_OPTIONS, "two(b = 3)").complete()).isTrue();
        assertThat(bind("fn none_taken(; b = 2) = b", "none_taken()").complete())
                .isTrue();
    }

    @Test
    void configured_slots_stay_bound_until_a_call_gives_another_value() {
        Map<String, Value> configured = bind(STEP, "step(scale = 3, shift = 4)").given();

        assertThat(bind(STEP, configured, "step(1, 2)").given())
                .containsOnly(number("x", 1), number("t", 2), number("scale", 3), number("shift", 4));
        assertThat(bind(STEP, configured, "step(1, 2, scale = 5)").given()).contains(number("scale", 5));
        assertThat(bind(STEP, configured, "step(1, 2, 6)").given()).contains(number("scale", 6));
        assertThat(configured).containsOnly(number("scale", 3), number("shift", 4));
    }

    @Test
    void a_configured_variable_makes_the_next_call_complete() {
        Map<String, Value> configured = Map.of("t", Value.number(2), "scale", Value.number(3));

        assertThat(bind(STEP, configured, "step(x = 1)").complete()).isTrue();
        assertThat(refusal(STEP, configured, "step()").message()).isEqualTo("this call of step lacks `x`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step(1, 2, 3, x = 4)     | E0305 | `x` is given twice in this call of step",
                "step(1, 2, 3, scale = 4) | E0305 | `scale` is given twice in this call of step",
                "step(1, 2, 3, 4, 5)      | E0304 | step takes 4 values, here are 5",
                "step(1)                  | E0306 | this call of step lacks `t`, `scale`",
                "step(1, 2)               | E0306 | this call of step lacks `scale`",
                "step(1, 2, scal = 3)     | E0303 | step has no parameter `scal`"
            })
    void a_wrong_call_has_its_code_and_the_signature_as_a_note(String call, String code, String message) {
        Diagnostic error = refusal(STEP, Map.of(), call);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.notes()).containsExactly("step takes (x, t; scale, shift = 0)");
        assertThat(text(error)).isEqualTo(call);
    }

    @Test
    void a_missing_parameter_may_be_configured_and_a_misspelt_one_is_guessed() {
        assertThat(refusal(STEP, Map.of(), "step(1, 2)").help())
                .contains("`step(scale = …)` gives it once for all calls");
        assertThat(refusal(STEP, Map.of(), "step(1)").help()).isEmpty();
        assertThat(refusal(STEP, Map.of(), "step(1, 2, scal = 3)").help()).contains("did you mean `scale`?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run(1, 0) | E0421 | 0 | `n` of run is 0, but must be at least 1",
                "run(1, n = 1.5) | E0420 | 1.5 | `n` of run must be a whole number, but is 1.5",
                "run(0, 2) | E0421 | 0 | `x` of run is 0, but must be greater than 0",
                "run(1, 2, 'clear') | E0426 | 'clear' | `kind` of run is 'clear', but must be 'raw' or 'clean'",
                "run(1, kind = 3, n = 2) | E0401 | 3 | `kind` of run must be a string, but is a number",
                "run(n = 0) | E0421 | 0 | `n` of run is 0, but must be at least 1"
            },
            quoteCharacter = '~')
    void a_value_that_the_declaration_does_not_allow_is_refused_at_its_place(
            String call, String code, String place, String message) {
        Diagnostic error = refusal(
                "fn run(x in (0, inf); n = 5 in 1.., kind = \"raw\" in \"raw\" | \"clean\") = x",
                Map.of(),
                call.replace('\'', '"'));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message.replace('\'', '"'));
        assertThat(text(error)).isEqualTo(place.replace('\'', '"'));
    }

    @Test
    void allowed_values_are_bound() {
        String run = "fn run(x; n = 5 in 1.., kind = \"raw\" in \"raw\" | \"clean\") = x";

        assertThat(bind(run, "run(1, 7, \"clean\")").given())
                .containsExactly(number("x", 1), number("n", 7), entry("kind", Value.text("clean")));
    }

    @Test
    void arguments_beyond_the_variables_are_the_rest_and_fill_no_parameter() {
        SlotTable print = new SlotTable(
                "print",
                List.of(new SlotTable.Slot("first", SlotTable.Fallback.REQUIRED)),
                List.of(new SlotTable.Slot("end", new SlotTable.Fallback.Constant(Value.text("")))),
                true);

        ArgumentBinding binding = ArgumentBinding.bind(print, Map.of(), arguments("print(1, 2, 3, end = 4)"));

        assertThat(binding.given()).containsExactly(number("first", 1), number("end", 4));
        assertThat(binding.rest()).containsExactly(Value.number(2), Value.number(3));
    }

    private static ArgumentBinding bind(String declaration, String call) {
        return bind(declaration, Map.of(), call);
    }

    private static ArgumentBinding bind(String declaration, Map<String, Value> configured, String call) {
        Statement.Declaration declared = (Statement.Declaration) statement("library.sde", declaration);
        return ArgumentBinding.bind(Closure.of(declared, Environment.root()).signature(), configured, arguments(call));
    }

    private static Diagnostic refusal(String declaration, Map<String, Value> configured, String call) {
        return catchThrowableOfType(SdeError.class, () -> bind(declaration, configured, call))
                .diagnostics()
                .getFirst();
    }

    /** The arguments of a call, which are literals. */
    private static Arguments arguments(String call) {
        Expression.Call written = (Expression.Call) ((Statement.Evaluate) statement("script.sde", call)).expression();
        List<Value> positional = new ArrayList<>();
        Map<String, Value> named = new LinkedHashMap<>();
        for (Argument argument : written.arguments()) {
            Value value = value(argument.value());
            argument.name().ifPresentOrElse(name -> named.put(name, value), () -> positional.add(value));
        }
        return new Arguments(positional, named, written.span(), written.arguments());
    }

    private static Value value(Expression literal) {
        return literal instanceof Expression.Number number
                ? Value.number(number.value())
                : Value.text(literal.span().text().replace("\"", ""));
    }

    private static Statement statement(String file, String text) {
        return Parser.parse(new Source(file, text)).orThrow().statements().getFirst();
    }

    private static Map.Entry<String, Value> number(String name, double value) {
        return entry(name, Value.number(value));
    }

    private static String text(Diagnostic error) {
        return error.span().orElseThrow().text();
    }
}
