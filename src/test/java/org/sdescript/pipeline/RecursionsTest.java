package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * Every sampler is an affine map of its start and its noises, if the data is normal. Runs with starts and noises that
 * are zero except one show the coefficients of that map; the recursion of the sampler in {@link AffineSampling} must
 * have the same coefficients, and so the same mean and standard deviation.
 */
class RecursionsTest {
    private static final int STEPS = 12;
    private static final double MEAN = 0.5;
    private static final double STD = 0.7;

    /** Relative to the largest coefficient: sums of 12 steps, whose differences of variances lose up to four digits. */
    private static final double CLOSE = 1e-10;

    private static final List<ScalarLaw> LAWS = List.of(
            ScalarLaw.vp(),
            ScalarLaw.ve(),
            ScalarLaw.subVp(),
            ScalarLaw.ornsteinUhlenbeck(),
            ScalarLaw.karras(),
            ScalarLaw.invented());

    /** @param draws number of noises drawn */
    private record Sampler(String script, int draws, Function<AffineSampling, LinearForm> recursion) {}

    private static Sampler predictor(String name, int draws, Function<AffineSampling, AffineSampling.Predictor> step) {
        return new Sampler(
                "pc(predictor = " + name + ", steps = " + STEPS + ")",
                draws,
                sampling -> sampling.sampled(step.apply(sampling), STEPS, 0));
    }

    private static List<Sampler> samplers() {
        return List.of(
                predictor("euler_maruyama", STEPS, s -> s::eulerMaruyama),
                predictor("reverse_diffusion", STEPS, s -> s::reverseDiffusion),
                predictor("ode_euler", 0, s -> s::odeEuler),
                predictor("ode_heun", 0, s -> s::odeHeun),
                predictor("ancestral", STEPS, s -> s::ancestral),
                predictor("exponential", 0, s -> s.ddim(0)),
                predictor("exponential(eta = 0.6)", STEPS, s -> s.ddim(0.6)),
                predictor("exponential(eta = 1)", STEPS, s -> s::ancestral),
                predictor("multistep(order = 1)", 0, s -> s.ddim(0)),
                predictor("multistep(order = 1, stochastic = true)", STEPS, s -> s::ancestral),
                predictor("multistep", 0, s -> s.multistep(2, false)),
                predictor("multistep(order = 3)", 0, s -> s.multistep(3, false)),
                predictor("multistep(stochastic = true)", STEPS, s -> s.multistep(2, true)),
                predictor("multistep(order = 3, stochastic = true)", STEPS, s -> s.multistep(3, true)),
                new Sampler(
                        "pc(corrector = langevin(snr = 0.2), steps = " + STEPS + ")",
                        2 * STEPS,
                        s -> s.sampled(s::reverseDiffusion, STEPS, 0.2)),
                new Sampler(
                        "pc(predictor = ode_euler, corrector = annealed_langevin(snr = 0.2), steps = " + STEPS + ")",
                        STEPS,
                        s -> s.sampled(s::odeEuler, STEPS, 0.2)),
                new Sampler("karras_heun(steps = 8, grid = uniform_grid)", 0, s -> s.karrasHeun(8, 0, 1)),
                new Sampler(
                        "karras_heun(steps = 8, churn = 2, noise = 1.1, grid = uniform_grid)",
                        7,
                        s -> s.karrasHeun(8, 2, 1.1)),
                // a share of churn/steps = 1 is cut to √2 − 1 (Karras et al. 2022, algorithm 2)
                new Sampler("karras_heun(steps = 8, churn = 8, grid = uniform_grid)", 7, s -> s.karrasHeun(8, 8, 1)),
                new Sampler(
                        "annealed_langevin_dynamics(levels = 4, steps = 3, grid = uniform_grid)",
                        12,
                        s -> s.annealedLangevin(4, 3, 0.2)),
                new Sampler("langevin_dynamics(steps = 12, step = 0.03)", 12, s -> s.langevinDynamics(12, 0.03)),
                new Sampler("ode(method = rk4(steps = 12))", 0, s -> s.rungeKutta(12)));
    }

    @TestFactory
    Stream<DynamicContainer> samplers_give_the_moments_of_their_recursions() {
        return LAWS.stream().map(law -> DynamicContainer.dynamicContainer(law.script(), tests(law)));
    }

    private static Stream<DynamicTest> tests(ScalarLaw law) {
        Map<String, double[]> found = coefficients(law);
        return samplers().stream()
                .map(sampler -> DynamicTest.dynamicTest(sampler.script(), () -> {
                    LinearForm exact = sampler.recursion().apply(new AffineSampling(law, MEAN, STD, sampler.draws()));
                    LinearForm run = new LinearForm(found.get(sampler.script()));
                    double largest = Arrays.stream(exact.coefficients())
                            .map(Math::abs)
                            .max()
                            .orElseThrow();

                    assertThat(run.coefficients()).containsExactly(exact.coefficients(), within(CLOSE * largest));
                    assertThat(run.std(law.prior()))
                            .isCloseTo(exact.std(law.prior()), within(CLOSE * exact.std(law.prior())));
                }));
    }

    /** Sample 0 starts at 0 without noise, sample 1 starts at 1, and sample 2 + k has the k-th noise 1. */
    private static Map<String, double[]> coefficients(ScalarLaw law) {
        List<String> lines = new ArrayList<>(List.of(
                "set(precision = \"float64\")",
                ScalarLaw.INVENTED,
                "p = " + law.script(),
                "score = normal(mean = " + MEAN + ", std = " + STD + ").score(p)",
                "fn unit(n, k) = reshape(where(arange(n) == k, 1, 0), [n, 1])",
                "fn noises(n, draws) = stack([unit(n, 2 + k) for k in 0 .. draws - 1])",
                "fn coefficients(sampler, draws) {",
                "  n = draws + 2",
                "  noise = if draws == 0 then none else noises(n, draws)",
                "  x = sample(p, score, start = unit(n, 1), noise = noise, using = sampler)[:, 0]",
                "  print(join(list(concat([x[0:1], x[1:] - x[0]], axis = 0)), \" \"))",
                "}"));
        samplers().forEach(each -> lines.add("coefficients(" + each.script() + ", " + each.draws() + ")"));
        List<String> printed = Script.run(String.join("\n", lines));
        Map<String, double[]> found = new java.util.HashMap<>();
        for (int i = 0; i < printed.size(); i++) {
            found.put(
                    samplers().get(i).script(),
                    Arrays.stream(printed.get(i).split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray());
        }
        return found;
    }
}
