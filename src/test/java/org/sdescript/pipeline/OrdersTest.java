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

    private static final List<Integer> COARSE = List.of(8, 16, 32, 64);

    private static final List<Declared> PATHS = Stream.of(
                    "euler_maruyama_forward", "milstein", "heun_stratonovich", "srk", "remembering")
            .map(method -> new Declared(method, "{step}", COARSE))
            .toList();

    private static final List<Declared> COMMUTING_PATHS = Stream.of(
                    "euler_maruyama_forward", "milstein", "heun_stratonovich")
            .map(method -> new Declared(method, "{step}", COARSE))
            .toList();

    private static final List<Declared> WITHOUT_NOISE = List.of(new Declared("adams", "{step}", USUAL));

    /** Two-step methods of Adams and Bashforth for steps of any length, as `past` allows in a script. */
    private static final String TWO_STEP = """
            fn ahead(slope, dt, past) =
              if past == none then slope
              else slope + dt/past.dt/2*(slope - past.slope)
            method adams(process, x, t, dt, past) of order 2 {
              slope = process.drift(x, t)
              return x + dt*ahead(slope, dt, past), {slope: slope, dt: dt}
            }
            method remembering(process, x, t, dt, dw, past) of strong order 1 {
              slope = process.stratonovich_drift(x, t)
              moved = process.diffuse(x, t, dw)
              half = 1/2*jvp(y -> process.diffuse(y, t, dw), x, moved)
              return x + dt*ahead(slope, dt, past) + moved + half, {slope: slope, dt: dt}
            }
            """;

    /** 64 fine steps and their noise; the noise of a coarser step is the sum of its fine noises. */
    private static final String FINE = """
            set(precision = "float64")
            fine = 64
            n = 4000
            at = %s
            h = [at[i + 1] - at[i] for i in 0 .. fine - 1]
            each_h = reshape(tensor(h), [fine, 1, 1])
            fn grid_of(steps) = [at[i*fine/steps] for i in 0..steps]
            fn coarse(dw, steps) = sum(reshape(dw, [steps, fine/steps, n, 1]), axis = 1)
            """;

    /** Equal steps, and steps whose lengths differ by a factor of almost three. */
    private static final List<String> GRIDS =
            List.of("[i/fine for i in 0..fine]", "[i/fine*(1/2 + i/fine/2) for i in 0..fine]");

    /**
     * x′ = t x dt + ½ (1 + t) x dw has the paths exp(∫ t − ⅛ (1 + t)² dt + ½ ∫ 1 + t dw), where ∫ (1 + t) dw over a
     * fine step at t is (1 + t + h) dw − dz. The noise of each coarser step is the sum of its fine noises: w adds up,
     * and so does ∫ w, to which each fine increment adds its length to the end of the coarse step.
     */
    @TestFactory
    Stream<DynamicTest> paths_are_followed_to_the_strong_order_declared() {
        return GRIDS.stream().flatMap(grid -> tested(PATHS, TWO_STEP + FINE.formatted(grid) + """
                sde Growth {
                  t in [0, 1]
                  dx = t*x dt + (1 + t)/2*x dw
                }
                p = Growth()
                dw = sqrt(each_h)*randn([fine, n, 1])
                dz = area(dw, each_h)
                times = reshape(tensor(at[0:fine]), [fine, 1, 1])
                integral = sum((1 + times + each_h)*dw - dz, axis = 0)
                exact = exp(1/2 - 7/24 + integral/2)
                for method in [euler_maruyama_forward, milstein, heun_stratonovich, srk, remembering] {
                  for steps in [8, 16, 32, 64] {
                    k = fine/steps
                    ends = [at[(floor(i/k) + 1)*k] - at[i + 1] for i in 0 .. fine - 1]
                    rest = reshape(tensor(ends), [fine, 1, 1])
                    x = simulate(p, ones([n, 1]), grid = grid_of(steps), method = method, paths = false,
                                 increments = coarse(dw, steps), areas = coarse(dz + rest*dw, steps))
                    print(sqrt(number(mean((x - exact)^2))))
                  }
                }
                """));
    }

    /** Three noises for two states, which commute: the paths are exponentials of the noises at the end. */
    @TestFactory
    Stream<DynamicTest> paths_of_more_noises_than_states_are_followed_to_the_strong_order_declared() {
        return GRIDS.stream().flatMap(grid -> tested(COMMUTING_PATHS, FINE.formatted(grid) + """
                sde Growth {
                  t in [0, 1]
                  dx = 0.6*x dw_1 + 0.3*x dw_2
                  dv = 0.5*v dw_2 - 0.4*v dw_3
                }
                p = Growth()
                fn drawn() = sqrt(each_h)*randn([fine, n, 1])
                w = {dw_1: drawn(), dw_2: drawn(), dw_3: drawn()}
                end = each(w, dw -> sum(dw, axis = 0))
                x = exp(0.6*end.dw_1 + 0.3*end.dw_2 - (0.6^2 + 0.3^2)/2)
                v = exp(0.5*end.dw_2 - 0.4*end.dw_3 - (0.5^2 + 0.4^2)/2)
                one = ones([n, 1])
                for method in [euler_maruyama_forward, milstein, heun_stratonovich] {
                  for steps in [8, 16, 32, 64] {
                    y = simulate(p, {x: one, v: one}, grid = grid_of(steps), method = method, paths = false,
                                 increments = each(w, dw -> coarse(dw, steps)))
                    print(sqrt(number(mean((y.x - x)^2 + (y.v - v)^2))))
                  }
                }
                """));
    }

    /** x′ = x cos 3t, without noise, by a method of a script that remembers its last slope. */
    @TestFactory
    Stream<DynamicTest> a_method_with_a_memory_has_its_order_on_equal_and_unequal_steps() {
        return GRIDS.stream().flatMap(grid -> tested(WITHOUT_NOISE, TWO_STEP + """
                set(precision = "float64")
                sde Wave {
                  t in [0, 1]
                  dx = x*cos(3*t) dt
                }
                for fine in [40, 80, 160] {
                  x = simulate(Wave(), ones([1, 1]), grid = %s, method = adams, paths = false)
                  print(number(abs(x - exp(sin(3)/3))))
                }
                """.formatted(grid)));
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
