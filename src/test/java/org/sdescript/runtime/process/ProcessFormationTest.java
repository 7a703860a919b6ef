package org.sdescript.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** Forms processes from declarations and asks their fields; the expected numbers are computed by hand. */
class ProcessFormationTest {
    /** Formulas take a few operations in double, whose rounding adds up to some units of 2⁻⁵³. */
    private static final double ROUNDING = 1e-14;

    private static final String PULLED = "sde P(theta = 2) { dx = -theta*x dt + sqrt(2*theta) dw }\n";

    @Test
    void time_runs_from_the_declared_start_to_the_declared_end() {
        ProcessValue named = process("sde P(end = 3) { s in [0.5, end]; dx = -s*x dt + dw }\np = P(end = 4)");
        ProcessValue plain = process(PULLED + "p = P()");

        assertThat(number(named, "t_min")).isEqualTo(0.5);
        assertThat(number(named, "t_max")).isEqualTo(4);
        assertThat(named.process().time().name()).isEqualTo("s");
        assertThat(number(plain, "t_min")).isEqualTo(1e-5);
        assertThat(number(plain, "t_max")).isEqualTo(1);
    }

    @Test
    void coefficients_are_the_lines_of_the_body_with_the_parameters_of_the_call() {
        assertThat(numbers(PULLED, "P().drift(3, 0.5)", "P(theta = 5).drift(3, 0.5)", "P(theta = 8).diffusion(3, 0.5)"))
                .containsExactly(-6, -15, 4);
    }

    @Test
    void local_values_and_functions_are_part_of_the_formulas() {
        String text = "sde P() { c = 3; k(u) = u*c; dx = -k(t)*x dt + sqrt(c + 1) dw }\n";

        assertThat(numbers(text, "P().drift(2, 0.5)", "P().diffusion(2, 0.5)")).containsExactly(-3, 2);
    }

    /** dx = −θ x dt + √(2θ) dw has the transition mean e^(−θt) and variance 1 − e^(−2θt). */
    @Test
    void the_transition_follows_from_the_coefficients() {
        double[] values =
                numbers(PULLED, "P().transition.mean_coef(0.25)", "P().transition.std(0.25)^2", "P().snr(0.25)");
        double left = Math.exp(-0.5);

        assertThat(values[0]).isCloseTo(left, within(ROUNDING));
        assertThat(values[1]).isCloseTo(1 - left * left, within(ROUNDING));
        assertThat(values[2]).isCloseTo(left * left / (1 - left * left), within(ROUNDING));
    }

    /** x(t) = (1 − t) x(0) + t ε has f = −1/(1 − t) and g² = 2t/(1 − t). */
    @Test
    void coefficients_follow_from_a_transition() {
        String text = "sde P() { t in [0, 0.9]; x(t) = (1 - t)*x(0) + t*noise }\n";
        double[] values =
                numbers(text, "P().drift(3, 0.5)", "P().diffusion(3, 0.5)^2", "P().transition.mean_coef(0.25)");

        assertThat(values[0]).isCloseTo(-6, within(ROUNDING));
        assertThat(values[1]).isCloseTo(2, within(ROUNDING));
        assertThat(values[2]).isCloseTo(0.75, within(ROUNDING));
    }

    @Test
    void a_chain_has_its_steps_as_a_field_and_other_processes_have_no_such_field() {
        ProcessValue chain =
                process("sde P(N = 10) { i in 1..N; x[i] = sqrt(1 - 1/N)*x[i-1] + sqrt(1/N)*noise }\np = P()");

        assertThat(chain.fieldNames()).contains("chain");
        assertThat(chain.field("chain")).isInstanceOf(ChainValue.class);
        assertThat(process(PULLED + "p = P()").fieldNames()).doesNotContain("chain");
        assertThatThrownBy(() -> process(PULLED + "p = P()").field("chain")).satisfies(Refusal.with("E0414"));
    }

    @Test
    void a_system_knows_its_states_which_of_them_have_noise_and_which_are_data() {
        ProcessValue system = process("""
                sde P() {
                  dx = v dt
                  dv = -x dt - 2*v dt + 2 dw
                  start = {v: normal(std = 0.5)}
                }
                p = P()
                """);

        assertThat(system.field("states")).isEqualTo(texts("x", "v"));
        assertThat(system.field("noisy")).isEqualTo(texts("v"));
        assertThat(system.field("data")).isEqualTo(texts("x"));
        assertThat(system.dataStates()).containsExactly("x");
        assertThat(system.field("transition")).isInstanceOf(SystemTransitionValue.class);
        assertThat(system.field("prior")).isInstanceOf(StatesNormalValue.class);
    }

    @Test
    void a_declared_prior_replaces_the_derived_one() {
        String declared = "sde P() { dx = sqrt(2) dw; prior = normal(mean = 1, std = 50) }\n";

        assertThat(numbers(declared, "P().prior.std", "P().prior.mean")).containsExactly(50, 1);
        assertThat(numbers("sde P() { t in [0, 8]; dx = sqrt(2) dw }\n", "P().prior.std")[0])
                .isCloseTo(4, within(4 * ROUNDING));
    }

    @Test
    void a_process_without_a_transition_and_a_reversed_one_say_so() {
        assertThat(process("sde P() { dx = -x^3 dt + dw }\np = P()").field("linear"))
                .isEqualTo(Value.Bool.FALSE);
        assertThat(process(PULLED + "p = P()").field("linear")).isEqualTo(Value.Bool.TRUE);
        assertThat(process(PULLED + "p = P()").field("reversed")).isEqualTo(Value.Bool.FALSE);
        assertThat(process(PULLED + "p = reverse(P())").field("reversed")).isEqualTo(Value.Bool.TRUE);
    }

    @Test
    void a_process_names_its_declaration_with_the_parameters_of_the_call() {
        ProcessValue made = process(PULLED + "p = P(theta = 5)");

        assertThat(made.field("name")).isEqualTo(Value.text("P"));
        assertThat(made.origin()).map(Callable::show).contains("P(theta = 5)");
        assertThat(made.field("colour")).isNull();
        assertThat(made.fieldNames())
                .filteredOn(field -> !field.equals("chain"))
                .allMatch(field -> made.field(field) != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x(t) = x(0)^2 + noise                            | E0614",
                "x(t) = x(1) + noise                              | E0677",
                "x(t) = x(2) + noise                              | E0614",
                "x(t) = t*noise                                   | E0672",
                "dx = -x dt + dw; prior = 3                       | E0401",
                "dx = v dt; dv = -v dt + dw; start = {x: normal(), v: normal()} | E0655"
            })
    void a_body_that_is_no_process_is_refused(String body, String code) {
        assertThatThrownBy(() -> process("sde P() { " + body + " }\np = P()")).satisfies(Refusal.with(code));
    }

    private static ProcessValue process(String text) {
        return (ProcessValue) names(text).own("p");
    }

    private static double[] numbers(String declaration, String... expressions) {
        Environment names = names(declaration + "values = [" + String.join(", ", expressions) + "]");
        return ((Value.ListValue) names.own("values"))
                .elements().stream()
                        .mapToDouble(value -> ((Value.Num) value).value())
                        .toArray();
    }

    private static double number(ProcessValue process, String field) {
        return ((Value.Num) process.field(field)).value();
    }

    private static Value texts(String... names) {
        return Value.list(List.of(names).stream().map(Value::text).toList());
    }

    private static Environment names(String text) {
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), Script.temporary(), null)) {
            return Script.PIPELINE.run(
                    Script.PIPELINE.program(new Source("script.sde", text)),
                    Path.of("script.sde"),
                    ScriptParameters.of(Map.of()),
                    session);
        }
    }
}
