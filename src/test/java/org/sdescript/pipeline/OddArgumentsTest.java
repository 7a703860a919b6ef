package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Signature;

/** Every built-in with unusual arguments: it succeeds, or fails with a diagnostic that has a position. */
class OddArgumentsTest {
    private static final List<String> ODD = List.of(
            "0",
            "-1",
            "2.5",
            "1e12",
            "nan",
            "\"text\"",
            "none",
            "[]",
            "[1, \"a\"]",
            "{a: 1}",
            "zeros([0, 2])",
            "ones([2, 3])",
            "(v -> v)",
            "VP()",
            "moons(3)");

    @TestFactory
    Stream<DynamicTest> a_builtin_does_something_or_says_what_is_wrong() {
        return new StandardLibrary()
                .builtins().stream()
                        .map(builtin -> DynamicTest.dynamicTest(
                                builtin.signature().name(), () -> calls(builtin).forEach(OddArgumentsTest::tried)));
    }

    /** Each unusual value in every place, and after a normal tensor in the first place. */
    private static List<String> calls(Builtin builtin) {
        Signature signature = builtin.signature();
        int places = signature.rest() ? 2 : signature.variables().size();
        List<String> calls = new ArrayList<>();
        for (String odd : ODD) {
            calls.add(signature.name() + "(" + String.join(", ", Collections.nCopies(places, odd)) + ")");
            if (places > 1) {
                List<String> second = new ArrayList<>(Collections.nCopies(places, odd));
                second.set(0, "ones([4, 2])");
                calls.add(signature.name() + "(" + String.join(", ", second) + ")");
            }
        }
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> an_option_is_taken_or_refused() {
        return new StandardLibrary()
                .builtins().stream()
                        .filter(builtin ->
                                builtin.example().startsWith(builtin.signature().name() + "(")
                                        && builtin.example().endsWith(")"))
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> options(builtin)
                                        .forEach(OddArgumentsTest::tried)));
    }

    /** The example with each missing option set to an unusual value. */
    private static List<String> options(Builtin builtin) {
        String example = builtin.example().substring(0, builtin.example().length() - 1);
        String comma = example.endsWith("(") ? "" : ", ";
        return builtin.signature().parameters().stream()
                .map(Signature.Slot::name)
                .filter(option -> !example.contains(option + " ="))
                .flatMap(option -> ODD.stream().map(odd -> example + comma + option + " = " + odd + ")"))
                .toList();
    }

    private static void tried(String call) {
        try {
            Script.run("result = " + call + "\nprint(result)");
        } catch (SdeError told) {
            assertThat(told.diagnostics()).as(call).isNotEmpty().allSatisfy(diagnostic -> assertThat(diagnostic.span())
                    .as(diagnostic.message())
                    .isPresent());
        } catch (RuntimeException | Error fault) {
            throw new AssertionError(call + " ends with " + fault, fault);
        }
    }
}
