package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * Orders of convergence: the order that each row's callable declares must be measured, in double, as the slope of the
 * least-squares line through the logarithms of errors and numbers of steps.
 */
class OrdersTest {
    private static final double CLOSE = 0.15;

    /**
     * @param step the declared callable, whose field {@code order} is the order to measure
     * @param template its use, with {@code {step}} and the number of steps
     * @param steps enough steps for the leading term to dominate, few enough for the error to stay above rounding
     */
    private record Declared(String step, String template, List<Integer> steps) {
        String method() {
            return template.replace("{step}", step);
        }
    }

    private static final List<Integer> USUAL = List.of(40, 80, 160);

    private static final List<Declared> FLOW = List.of(
            new Declared("ode_euler", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("ode_heun", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("heun_in_noise", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("exponential", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("multistep(order = 1)", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("multistep(order = 2)", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("multistep(order = 3)", "pc(predictor = {step}, steps = %d, grid = log_snr_grid)", USUAL),
            new Declared("rk4", "ode(method = {step}(steps = %d))", List.of(10, 20, 40)));

    private static final List<Declared> SOLVERS = List.of(
            new Declared("rk4", "{step}(velocity, ones([1]), 0, 3, steps = %d)", List.of(40, 80, 160)),
            new Declared("rk45", "{step}(velocity, ones([1]), 0, 3, steps = %d)", List.of(20, 40, 80)));

    /** For a system also the exponential integrators, whose matrices do not commute. */
    private static final List<Declared> FLOW_OF_A_SYSTEM = List.of(
            new Declared("ode_euler", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("ode_heun", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("exponential", "pc(predictor = {step}, steps = %d)", USUAL),
            new Declared("multistep(order = 2)", "pc(predictor = {step}, steps = %d)", USUAL));

    /** Few steps, because the root of a matrix of three states is iterated, which is slow. */
    private static final List<Declared> FLOW_OF_THREE_STATES = List.of(
            new Declared("exponential", "pc(predictor = {step}, steps = %d)", List.of(20, 40)),
            new Declared("multistep(order = 2)", "pc(predictor = {step}, steps = %d)", List.of(40, 80)));

    /** The flow of two modes over times where its curvature matters, against the solver at its finest. */
    @TestFactory
    Stream<DynamicTest> the_flow_is_followed_to_the_order_declared() {
        return each(FLOW, """
                sde Process {
                  t in [0.1, 1]
                  dx = -x dt + sqrt(2) dw
                }
                p = Process()
                score = mixture(weights = [0.4, 0.6], means = [-1, 1], stds = [0.4, 0.6]).score(p)
                start = reshape(linspace(-2, 2, 9), [9, 1])
                """, "number(max(abs(x - exact)))");
    }

    @TestFactory
    Stream<DynamicTest> the_flow_of_a_system_is_followed_to_the_order_declared() {
        return each(FLOW_OF_A_SYSTEM, """
                sde Process {
                  t in [0.2, 1]
                  dx = 2*v dt
                  dv = (-2*x - 3*v) dt + 2 dw
                  start = {v: normal(std = 0.5)}
                }
                p = Process()
                score = mixture(weights = [0.4, 0.6], means = [-1, 1], stds = [0.4, 0.6]).score(p)
                x = reshape(linspace(-1, 1, 9), [9, 1])
                start = {x: x, v: 1/2 - x}
                """, "number(max(abs(x.x - exact.x)))");
    }

    @TestFactory
    Stream<DynamicTest> the_flow_of_three_states_is_followed_to_the_order_declared() {
        return each(FLOW_OF_THREE_STATES, """
                sde Process {
                  t in [0.3, 1]
                  dx = (v - x) dt + 0.4 dw_1
                  dv = (a - v) dt + 0.5 dw_2
                  da = -2*a dt + 0.3 dw_1 + 0.7 dw_3
                  start = {v: normal(std = 0.5), a: normal(std = 0.4)}
                }
                p = Process()
                score = mixture(weights = [0.4, 0.6], means = [-1, 1], stds = [0.4, 0.6]).score(p)
                x = reshape(linspace(-1, 1, 9), [9, 1])
                start = {x: x, v: 1/2 - x, a: x^2}
                """, "number(max(abs(x.x - exact.x)))");
    }

    /** x′ = x cos t has the solution exp(sin t). */
    @TestFactory
    Stream<DynamicTest> equations_are_solved_to_the_order_declared() {
        return tested(
                SOLVERS,
                "set(precision = \"float64\")\nvelocity = (x, t) -> x*cos(t)\n"
                        + calls(SOLVERS)
                                .map(call -> "print(number(abs(" + call + " - exp(sin(3)))))")
                                .collect(Collectors.joining("\n")));
    }

    private static Stream<String> calls(List<Declared> table) {
        return table.stream()
                .flatMap(row -> row.steps().stream().map(n -> row.method().formatted(n)));
    }

    private static Stream<DynamicTest> each(List<Declared> table, String setting, String error) {
        String text = "set(precision = \"float64\")\n" + setting
                + "exact = sample(p, score, start = start, using = ode(method = rk45(rtol = 1e-13, atol = 1e-13)))\n"
                + calls(table)
                        .map(method ->
                                "x = sample(p, score, start = start, using = " + method + ")\nprint(" + error + ")")
                        .collect(Collectors.joining("\n"));
        return tested(table, text);
    }

    private static Stream<DynamicTest> tested(List<Declared> table, String text) {
        double[] errors = Script.numbers(text
                + table.stream().map(row -> "\nprint(" + row.step() + ".order)").collect(Collectors.joining()));
        int[] at = {0};
        Iterator<Double> orders =
                Arrays.stream(errors).skip(errors.length - table.size()).iterator();
        return table.stream()
                .map(row -> {
                    double[] its = new double[row.steps().size()];
                    for (int i = 0; i < its.length; i++) {
                        its[i] = errors[at[0]++];
                    }
                    double order = orders.next();
                    return DynamicTest.dynamicTest(
                            String.format(Locale.ROOT, "%s is of order %.1f", row.method(), order),
                            () -> assertThat(slope(row.steps(), its)).isCloseTo(order, within(CLOSE)));
                })
                .toList()
                .stream();
    }

    private static double slope(List<Integer> steps, double[] errors) {
        double u = steps.stream().mapToDouble(Math::log).average().orElseThrow();
        double v = Arrays.stream(errors).map(Math::log).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int i = 0; i < errors.length; i++) {
            above += (Math.log(steps.get(i)) - u) * (Math.log(errors[i]) - v);
            below += (Math.log(steps.get(i)) - u) * (Math.log(steps.get(i)) - u);
        }
        return -above / below;
    }

    private static final List<Declared> PATHS = List.of(
            new Declared("euler_maruyama_forward", "{step}", List.of(8, 16, 32, 64)),
            new Declared("milstein", "{step}", List.of(8, 16, 32, 64)),
            new Declared("heun_stratonovich", "{step}", List.of(8, 16, 32, 64)),
            new Declared("srk", "{step}", List.of(8, 16, 32, 64)));

    /**
     * x′ = t x dt + ½ (1 + t) x dw has the paths exp(∫ t − ⅛ (1 + t)² dt + ½ ∫ 1 + t dw), where ∫ (1 + t) dw over a
     * fine step at t is (1 + t + h) dw − dz. The noise of each coarser step is the sum of its fine noises: w adds up,
     * and so does ∫ w, with the w before each fine step.
     */
    @TestFactory
    Stream<DynamicTest> paths_are_followed_to_the_strong_order_declared() {
        return tested(PATHS, """
                set(precision = "float64")
                sde Growth {
                  t in [0, 1]
                  dx = t*x dt + (1 + t)/2*x dw
                }
                p = Growth()
                fine = 64
                n = 4000
                h = 1/fine
                dw = sqrt(h)*randn([fine, n, 1])
                dz = area(dw, h)
                times = reshape(h*arange(fine), [fine, 1, 1])
                integral = sum((1 + times + h)*dw - dz, axis = 0)
                exact = exp(1/2 - 7/24 + integral/2)
                for method in [euler_maruyama_forward, milstein, heun_stratonovich, srk] {
                  for steps in [8, 16, 32, 64] {
                    k = fine/steps
                    w = reshape(dw, [steps, k, n, 1])
                    z = reshape(dz, [steps, k, n, 1])
                    rest = reshape(k - 1 - arange(k), [1, k, 1, 1])
                    x = simulate(p, ones([n, 1]), steps = steps, method = method, paths = false,
                                 increments = sum(w, axis = 1), areas = sum(z + h*rest*w, axis = 1))
                    print(sqrt(number(mean((x - exact)^2))))
                  }
                }
                """);
    }

    @Test
    void every_order_that_the_library_declares_is_measured() {
        Set<String> measured = Stream.of(FLOW, SOLVERS, PATHS)
                .flatMap(List::stream)
                .map(row -> row.step().replaceAll("\\(.*", ""))
                .collect(Collectors.toSet());

        assertThat(new StandardLibrary().withOrder()).isNotEmpty().isSubsetOf(measured);
    }
}
