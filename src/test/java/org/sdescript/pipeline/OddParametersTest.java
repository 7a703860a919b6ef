package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.SlotTable;

/** A numeric parameter declares its range, and the error for other numbers names the parameter. */
class OddParametersTest {
    private static final List<String> NO_NUMBERS = List.of("nan", "true", "\"text\"", "VP()");

    @Test
    void a_parameter_of_a_builtin_that_is_a_number_by_default_states_its_range() {
        assertThat(builtins().flatMap(builtin -> builtin.signature().slots().stream()
                        .filter(OddParametersTest::isNumber)
                        .filter(slot -> slot.wanted().range().isEmpty())
                        .map(slot -> slot.name() + " of " + builtin.signature().name())))
                .isEmpty();
    }

    private static boolean isNumber(SlotTable.Slot slot) {
        return slot.fallback() instanceof SlotTable.Fallback.Computed(Expression value)
                && (value instanceof Expression.Number || value instanceof Expression.Negate);
    }

    private static Stream<Builtin> builtins() {
        return new StandardLibrary().builtins().stream();
    }

    /** Behind variables of any number, parameters are given by name only. */
    private static List<String> positional(SlotTable signature) {
        List<SlotTable.Slot> slots = signature.rest() ? signature.variables() : signature.slots();
        return slots.stream().map(SlotTable.Slot::name).toList();
    }

    /** The checker refuses them, so nothing of the example runs. */
    @TestFactory
    Stream<DynamicTest> a_number_of_a_builtin_is_refused_by_its_name() {
        return builtins()
                .flatMap(builtin -> OddCalls.of(
                                builtin.signature().name(),
                                LibraryScripts.example(builtin),
                                positional(builtin.signature()))
                        .stream()
                        .flatMap(calls -> builtin.signature().slots().stream()
                                .filter(OddParametersTest::isNumber)
                                .map(slot -> DynamicTest.dynamicTest(
                                        calls.name() + " " + slot.name(),
                                        () -> refused(odd -> calls.with(slot.name(), odd), slot.name())))));
    }

    @TestFactory
    Stream<DynamicTest> a_number_of_the_library_is_refused_by_its_name() {
        return Stream.of(
                        "langevin snr",
                        "langevin steps",
                        "annealed_langevin snr",
                        "unadjusted_langevin step",
                        "guided scale",
                        "label_dropout rate",
                        "inpaint std",
                        "posterior rounds",
                        "harmonise jump",
                        "twisted particles",
                        "bits_per_dim levels",
                        "implicit simulated",
                        "sliced probes",
                        "sliced_wasserstein projections",
                        "mlp hidden",
                        "mlp scale",
                        "unet base",
                        "unet dropout",
                        "classifier classes",
                        "exponential eta",
                        "multistep order",
                        "churned noise",
                        "pc steps",
                        "annealed_langevin_dynamics levels",
                        "langevin_dynamics step",
                        "karras_heun churn",
                        "simulate steps",
                        "rk45 rtol",
                        "rk4 steps",
                        "log_normal_times std",
                        "preview n",
                        "by_karras sigma_data",
                        "min_snr gamma",
                        "karras sigma_data",
                        "karras_grid rho",
                        "linear lo",
                        "constant value",
                        "VE hi",
                        "CLD gamma")
                .map(each -> each.split(" "))
                .map(each -> DynamicTest.dynamicTest(
                        each[0] + " " + each[1],
                        () -> refused(odd -> "print(" + each[0] + "(" + each[1] + " = " + odd + "))", each[1])));
    }

    private static void refused(java.util.function.UnaryOperator<String> call, String parameter) {
        for (String odd : NO_NUMBERS) {
            String script = call.apply(odd);
            SdeError told = catchThrowableOfType(SdeError.class, () -> Script.run(script));
            assertThat(told).as(script).isNotNull();
            assertThat(told.diagnostics().getFirst().message()).as(script).contains("`" + parameter + "` of ");
        }
    }
}
