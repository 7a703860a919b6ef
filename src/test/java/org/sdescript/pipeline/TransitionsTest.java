package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Source;

/**
 * The transitions of all affine processes (of stdlib, of the examples, invented) against their own equations, solved
 * numerically, and against simulated paths.
 */
class TransitionsTest {
    /** Processes of other kinds than the standard ones. */
    private static final String INVENTED = """
            sde Warming { t in [1e-5, 1]; dx = (1 + t)*(2 - t^2 - x) dt + exp(-t) dw }
            sde Overdamped { t in [1e-5, 2]; dx = v dt; dv = (-x - 4*v) dt + dw }
            sde Underdamped { t in [1e-5, 2]; dx = v dt; dv = (-9*x - v) dt + 2 dw }
            sde Critical { t in [1e-5, 2]; dx = v dt; dv = (1 - x - 2*v) dt + dw }
            sde Unclosed { t in [1e-5, 2]; dx = (cos(t) - sin(t^2)*x) dt + exp(-t^3) dw }
            sde Kinked { t in [1e-5, 1]; dx = -sin(t^2)*x dt + max(0.25, t) dw }
            sde Turning {
              t in [1e-5, 1]
              dx = (-x + t*y + cos(t)) dt + dw_1
              dy = (-x - y) dt + 0.5 dw_1 + (1 + t) dw_2
            }
            sde Paced(beta = linear(hi = 10)) {
              t in [1e-5, 1]
              dx = beta(t)*v dt
              dv = -beta(t)*(x + v) dt + sqrt(2*beta(t)) dw
            }
            sde Shared {
              t in [1e-5, 1]
              dx = (1 - 2*x + y) dt + dw_1
              dy = (x/2 - 3*y) dt - 0.5 dw_1 + 0.75 dw_2
            }
            sde Circle {
              t in [1e-5, 1]
              dx = (y - x) dt + 0.3 dw_1
              dy = (z - y) dt
              dz = (1 - x) dt + dw_2
            }
            sde Growing { t in [1e-5, 1]; dx = 2*x dt + t dw }
            sde Stepped { t in [1e-5, 1]; dx = -x dt + where(t < 0.3, 0.1, where(t < 0.6, 1, 0.5)) dw }
            """;

    private static List<Process> processes;

    @BeforeAll
    static void declare() throws IOException {
        String examples = declarations(Files.readString(Path.of("examples", "invented.sde")));
        String standard = Files.readString(Path.of("stdlib", "processes.sde"));
        List<String> names = Pattern.compile("(?m)^sde (\\w+)")
                .matcher(standard + "\n" + examples + "\n" + INVENTED)
                .results()
                .map(found -> found.group(1))
                .toList();
        StringBuilder script = new StringBuilder(examples).append("\n").append(INVENTED);
        for (String name : names) {
            script.append("its_").append(name).append(" = ").append(name).append("()\n");
        }
        Environment declared = environment(script.toString());
        processes = names.stream()
                .map(name -> (ProcessValue) declared.own("its_" + name))
                .filter(p -> p.field("linear").equals(Value.Bool.of(true)))
                .map(ProcessValue::process)
                .toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(28);
    }

    private static String declarations(String script) {
        return String.join(
                "\n",
                Pattern.compile("(?ms)^sde .*?^}")
                        .matcher(script)
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    private static Environment environment(String script) {
        Path folder = Script.temporary();
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            Source source = new Source(folder.resolve("script.sde").toString(), script);
            return Script.PIPELINE.run(
                    Script.PIPELINE.program(source), Path.of(source.name()), ScriptParameters.of(Map.of()), session);
        }
    }

    private static Stream<DynamicTest> each(Function<Process, Runnable> test) {
        return processes.stream()
                .map(p -> DynamicTest.dynamicTest(p.name(), () -> test.apply(p).run()));
    }

    private static AffineLaw computed(Process p, double t) {
        return AffineLaw.of(p.transition().computed(), List.of(p.time()), t);
    }

    /**
     * The time at which the law is known: t₀, where x has its own law, for a derived transition; t_min for a stated
     * one.
     */
    private static double known(Process p) {
        return p.stated().transition().isPresent()
                ? p.tMin()
                : Evaluation.of(p.transition().start());
    }

    private static AffineLaw known(Process p, double t) {
        return p.stated().transition().isPresent()
                ? computed(p, t)
                : AffineLaw.identity(p.states().size());
    }

    /** A time between t₀ and t_max. */
    private static double time(Process p, double share) {
        return known(p) + share * (p.tMax() - known(p));
    }

    /** The solver's error is 1e-13 per entry and step, in at most a thousand steps. */
    @TestFactory
    Stream<DynamicTest> moments_solve_their_equations() {
        return each(p -> () -> {
            double from = known(p);
            for (double share : new double[] {0.01, 1}) {
                double to = time(p, share);
                AffineLaw solved = new AffineEquations(p).solved(known(p, from), from, to);
                assertThat(solved.distance(computed(p, to))).as("t = %s", to).isLessThan(1e-10);
            }
        });
    }

    /** Shows that the test can fail: the law of one process does not solve the equations of another. */
    @Test
    void another_process_is_told_apart() {
        List<Process> some =
                processes.stream().filter(p -> p.states().size() == 2).toList();
        for (int k = 1; k < 4; k++) {
            Process other = some.get(k);
            AffineLaw solved = new AffineEquations(some.get(k - 1)).solved(AffineLaw.identity(2), 0, 0.5);
            assertThat(solved.distance(computed(other, 0.5))).as(other.name()).isGreaterThan(0.01);
        }
    }

    /** In double, a few hundred roundings unless Φ is much smaller than 1. */
    @TestFactory
    Stream<DynamicTest> a_step_after_the_transition_is_the_transition() {
        return each(p -> () -> {
            Symbol s = Expr.symbol("s");
            Transition transition = p.transition();
            double from = time(p, 0.3);
            double to = time(p, 0.6);
            AffineLaw step =
                    AffineLaw.ofStable(transition.between(s, p.time()).moments(), List.of(s, p.time()), from, to);
            assertThat(computed(p, to).distance(step.after(computed(p, from)))).isLessThan(1e-12);
        });
    }

    /**
     * Closed forms are printed for readers, so their terms may cancel in part; in the middle of the time domain they
     * hardly do.
     */
    @TestFactory
    Stream<DynamicTest> what_is_shown_is_what_is_computed() {
        return each(p -> () -> {
            double t = time(p, 0.5);
            AffineLaw shown = AffineLaw.of(p.transition().shown(), List.of(p.time()), t);
            assertThat(computed(p, t).distance(shown)).isLessThan(1e-12);
        });
    }

    /**
     * The moments of the Euler-Maruyama method are of order 1: a step an eighth as long leaves about an eighth of the
     * error.
     */
    @TestFactory
    Stream<DynamicTest> moments_are_the_limit_of_small_steps() {
        return each(p -> () -> {
            double from = time(p, 0.1);
            double to = time(p, 0.9);
            AffineLaw exact = AffineLaw.ofStable(
                    p.transition().between(Expr.symbol("s"), p.time()).moments(),
                    List.of(Expr.symbol("s"), p.time()),
                    from,
                    to);
            AffineEquations equations = new AffineEquations(p);
            double coarse = exact.distance(equations.stepped(from, to, 200));
            double fine = exact.distance(equations.stepped(from, to, 1600));
            assertThat(fine).isLessThan(coarse / 6 + 1e-10);
        });
    }

    private static final int PATHS = 2000;
    private static final int STEPS = 25;

    /**
     * For normal samples a mean has the standard error √(Σᵢᵢ/n), a covariance √((ΣᵢᵢΣⱼⱼ + Σᵢⱼ²)/(n − 1)); five standard
     * errors are allowed.
     */
    @TestFactory
    Stream<DynamicTest> simulated_paths_have_the_moments_of_their_steps() {
        return each(p -> () -> {
            AffineEquations equations = new AffineEquations(p);
            double from = time(p, 0.1);
            double to = time(p, 0.9);
            AffineLaw law = equations.stepped(from, to, STEPS);
            double[] x = Arrays.copyOf(new double[] {0.7, -0.4, 0.2}, law.states());
            double[] mean = law.mean(x).toArray();
            double[][] ends = equations.simulated(x, from, to, STEPS, PATHS, new Random(11));
            for (int i = 0; i < mean.length; i++) {
                int state = i;
                double found = Arrays.stream(ends)
                        .mapToDouble(end -> end[state])
                        .average()
                        .orElseThrow();
                double error = Math.sqrt(law.covariance().getEntry(i, i) / PATHS);
                assertThat(found).as("mean of %s", p.states().get(i)).isCloseTo(mean[i], within(5 * error));
                for (int j = 0; j <= i; j++) {
                    double covariance = law.covariance().getEntry(i, j);
                    double product =
                            law.covariance().getEntry(i, i) * law.covariance().getEntry(j, j);
                    assertThat(covariance(ends, i, j))
                            .as(
                                    "covariance of %s and %s",
                                    p.states().get(i), p.states().get(j))
                            .isCloseTo(
                                    covariance,
                                    within(5 * Math.sqrt((product + covariance * covariance) / (PATHS - 1))));
                }
            }
        });
    }

    private static double covariance(double[][] samples, int i, int j) {
        double[] mean = new double[2];
        for (double[] sample : samples) {
            mean[0] += sample[i] / samples.length;
            mean[1] += sample[j] / samples.length;
        }
        return Arrays.stream(samples)
                        .mapToDouble(sample -> (sample[i] - mean[0]) * (sample[j] - mean[1]))
                        .sum()
                / (samples.length - 1);
    }
}
