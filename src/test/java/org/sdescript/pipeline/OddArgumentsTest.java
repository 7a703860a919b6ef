package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.SlotTable;
import org.sdescript.source.Span;

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

    /** The mean of no elements is 0/0. */
    private static final String EMPTY = "zeros([0, 2])";

    private static final Pattern NAN = Pattern.compile("\\bnan\\b");

    /**
     * Functions whose definition has no value for some finite arguments, and the pages of `help`, which explain nan.
     */
    private static final Set<String> NAN_BY_DEFINITION = Set.of("log", "log1p", "sqrt", "help");

    private static final Map<String, DoubleUnaryOperator> ELEMENTWISE = Map.ofEntries(
            Map.entry("exp", Math::exp),
            Map.entry("log", Math::log),
            Map.entry("expm1", Math::expm1),
            Map.entry("log1p", Math::log1p),
            Map.entry("abs", Math::abs),
            Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos),
            Map.entry("tan", Math::tan),
            Map.entry("sinh", Math::sinh),
            Map.entry("cosh", Math::cosh),
            Map.entry("tanh", Math::tanh),
            Map.entry("atan", Math::atan),
            Map.entry("erf", OddArgumentsTest::erf),
            Map.entry("sign", Math::signum),
            Map.entry("floor", Math::floor),
            Map.entry("ceil", Math::ceil),
            Map.entry("sqrt", Math::sqrt),
            Map.entry("round", Math::rint),
            Map.entry("sigmoid", x -> 1 / (1 + Math.exp(-x))),
            Map.entry("silu", x -> x / (1 + Math.exp(-x))),
            Map.entry("relu", x -> Math.max(x, 0)),
            Map.entry("gelu", x -> x / 2 * (1 + erf(x / Math.sqrt(2)))),
            Map.entry("elu", x -> x > 0 ? x : Math.expm1(x)),
            Map.entry("softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))));

    private static final Map<String, ToDoubleFunction<double[]>> REDUCING = Map.of(
            "sum", values -> Arrays.stream(values).sum(),
            "mean", values -> Arrays.stream(values).average().orElseThrow(),
            "min", values -> Arrays.stream(values).min().orElseThrow(),
            "max", values -> Arrays.stream(values).max().orElseThrow(),
            "std", values -> Math.sqrt(squares(values) / (values.length - 1)),
            "norm", values -> Math.sqrt(Arrays.stream(values).map(v -> v * v).sum()),
            "logsumexp", OddArgumentsTest::logSumExp,
            "median", OddArgumentsTest::median);

    @TestFactory
    Stream<DynamicTest> a_builtin_does_something_or_says_what_is_wrong() {
        return new StandardLibrary()
                .builtins().stream()
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> calls(builtin)
                                        .forEach(call -> tried(builtin, call))));
    }

    /** Each unusual value in every place, and after a normal tensor in the first place. */
    private static List<String> calls(Builtin builtin) {
        SlotTable signature = builtin.signature();
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
                        .filter(builtin -> LibraryScripts.example(builtin)
                                        .startsWith(builtin.signature().name() + "(")
                                && LibraryScripts.example(builtin).endsWith(")"))
                        .map(builtin ->
                                DynamicTest.dynamicTest(builtin.signature().name(), () -> options(builtin)
                                        .forEach(call -> tried(builtin, call))));
    }

    /** The example with each missing option set to an unusual value. */
    private static List<String> options(Builtin builtin) {
        String example = LibraryScripts.example(builtin)
                .substring(0, LibraryScripts.example(builtin).length() - 1);
        String comma = example.endsWith("(") ? "" : ", ";
        return builtin.signature().parameters().stream()
                .map(SlotTable.Slot::name)
                .filter(option -> !example.contains(option + " ="))
                .flatMap(option -> ODD.stream().map(odd -> example + comma + option + " = " + odd + ")"))
                .toList();
    }

    private static void tried(Builtin builtin, String call) {
        try {
            List<String> lines = Script.run("result = " + call + "\nprint(result)");
            if (!call.contains("nan")
                    && !call.contains(EMPTY)
                    && !NAN_BY_DEFINITION.contains(builtin.signature().name())) {
                assertThat(lines).as(call).noneMatch(line -> NAN.matcher(line).find());
            }
        } catch (SdeError told) {
            assertThat(told.diagnostics()).as(call).isNotEmpty().allSatisfy(diagnostic -> assertThat(diagnostic.span())
                    .as(diagnostic.message())
                    .isPresent());
            assertThat(told.diagnostics()).as(call).anySatisfy(diagnostic -> assertThat(names(diagnostic, builtin))
                    .isTrue());
        } catch (RuntimeException | Error fault) {
            throw new AssertionError(call + " ends with " + fault, fault);
        }
    }

    /**
     * A reader sees the name in the message, label, notes, help or marked source, or the mark is the argument alone.
     */
    private static boolean names(Diagnostic diagnostic, Builtin builtin) {
        String marked = diagnostic.span().map(Span::text).orElse("");
        List<String> words = List.of((diagnostic + " " + marked).split("[^A-Za-z0-9_]+"));
        return ODD.contains(marked) || names(builtin).stream().anyMatch(words::contains);
    }

    private static List<String> names(Builtin builtin) {
        SlotTable signature = builtin.signature();
        return Stream.concat(
                        Stream.of(signature.name()),
                        Stream.concat(signature.variables().stream(), signature.parameters().stream())
                                .map(SlotTable.Slot::name))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> an_elementwise_function_has_the_value_of_its_definition() {
        return ELEMENTWISE.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> elementwise(each.getKey(), each.getValue())));
    }

    /**
     * Numbers are computed in double precision: erf adds up to 60 terms, with half a unit each. Tensors are of
     * float32.
     */
    private static void elementwise(String name, DoubleUnaryOperator reference) {
        for (double x : List.of(0.0, -1.0, 2.5, 1e12, Double.NaN, 1e-9, -0.3)) {
            String number = Double.isNaN(x) ? "nan" : String.valueOf(x);
            double expected = reference.applyAsDouble(x);
            near(name + "(" + number + ")", expected, 64 * 0x1p-53);
            if (Math.abs(expected) < Float.MAX_VALUE || !Double.isFinite(expected)) {
                // the rounding of x moves tan(x), sin(x) and cos(x) of 1e12 by more than their size
                if (x < 1e12 || Math.abs(x - (float) x) == 0) {
                    near("list(" + name + "(full([1], " + number + ")))", expected, 64 * 0x1p-24);
                }
            }
        }
        assertThat(Script.run("print(" + name + "(zeros([0, 2])).shape, " + name + "(ones([2, 3])).shape)"))
                .containsExactly("[0, 2] [2, 3]");
    }

    /** {@code error} is relative above 1, absolute below: an argument near a zero of the function loses digits. */
    private static void near(String call, double expected, double error) {
        double[] found = Script.numbers("print(" + call + ")");
        assertThat(found).as(call).hasSize(1);
        if (Double.isFinite(expected)) {
            assertThat(found[0]).as(call).isCloseTo(expected, within(error * Math.max(1, Math.abs(expected))));
        } else {
            // boxed, since nan equals itself there
            assertThat(Double.valueOf(found[0])).as(call).isEqualTo(Double.valueOf(expected));
        }
    }

    @TestFactory
    Stream<DynamicTest> a_reduction_has_the_value_of_its_definition() {
        return REDUCING.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    for (double[] values : List.of(
                            new double[] {0, -1, 2.5}, new double[] {1, 1, 1, 1, 1, 1}, new double[] {-4, 1e6, 3, 3, 0.5
                            })) {
                        String list = Arrays.toString(values);
                        double expected = each.getValue().applyAsDouble(values);
                        // a sum of n terms in a row; the tensor's in float32
                        double scale = values.length
                                * Arrays.stream(values).map(Math::abs).max().orElseThrow();
                        double size = scale / Math.max(1, Math.abs(expected));
                        near(each.getKey() + "(tensor(" + list + "))", expected, 4 * size * 0x1p-24);
                        near(each.getKey() + "(" + list + ")", expected, 4 * size * 0x1p-24);
                    }
                }));
    }

    private static double squares(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    }

    private static double logSumExp(double[] values) {
        double most = Arrays.stream(values).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(values).map(v -> Math.exp(v - most)).sum());
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹/(2n + 1)!!: all terms have the sign of x, so that no digits are lost. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
