package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/**
 * The numbers that a parameter of the library takes and refuses, at the ends of its range. The numbers come out of a tensor: the
 * check does not know them, so that the library's own guards are asked.
 */
class GuardsTest {
    private static final String SETTING = """
            set(precision = "float64")
            p = VP()
            score = normal().score(p)
            x = ones([2, 1])
            image = ones([1, 1, 4, 4])
            near = inpaint(p, score, ones([1]), ones([1]))
            f = (x, t) -> -x
            """;

    /** A call in which _ stands for the number, the numbers it takes, those it refuses, and what it says of these. */
    private static final String GUARDS = """
            langevin(p, score, x, 0.5, snr = _) | 0.1 2 | 0 -1 | `snr` of langevin
            langevin(p, score, x, 0.5, steps = _) | 0 1 2 | -1 0.5 | `steps` of langevin
            annealed_langevin(p, score, x, 0.5, snr = _) | 0.1 2 | 0 -1 | `snr` of annealed_langevin
            annealed_langevin(p, score, x, 0.5, steps = _) | 0 1 2 | -1 0.5 | `steps` of annealed_langevin
            unadjusted_langevin(p, score, x, 0.5, step = _) | 0.1 2 | 0 -1 | `step` of unadjusted_langevin
            power_grid(_) | 0.5 2 | 0 -1 | `power` of power_grid
            karras_grid(p, 2, rho = _) | 0.5 2 | 0 -1 | `rho` of karras_grid
            train(told_of, labelled(x, tensor([0, 1])), p, loss = label_dropout(without = 1, rate = _), steps = 1, batch = 2) | 0 0.5 1 | -0.1 1.1 | `rate` of label_dropout
            posterior(p, score, x -> x, x, std = _) | 0 0.5 2 | -1 | `std` of posterior
            posterior(p, score, x -> x, x, data_std = _) | 0.5 2 | 0 -1 | `data_std` of posterior
            posterior(p, score, x -> x, x, rounds = _) | 1 2 3 | 0 1.5 -1 | `rounds` of posterior
            inpaint(p, score, x, x, std = _) | 0 2 | -1 | `std` of inpaint
            colorize(p, score, image, rounds = _) | 1 2 | 0 1.5 | `rounds` of colorize
            harmonise(p, score, x, 0.5, steps = _) | 0 1 2 | -1 0.5 | `steps` of harmonise
            harmonise(p, score, x, 0.5, steps = 1, jump = _) | 0.1 2 | 0 -1 | `jump` of harmonise
            twisted(p, near, x, steps = _, particles = 1) | 1 2 3 | 0 1.5 | `steps` of twisted
            twisted(p, near, x, steps = 1, particles = _) | 1 2 3 | 0 1.5 | `particles` of twisted
            twisted(p, near, x, steps = 1, threshold = _) | 0 0.5 1 | -0.1 1.1 | `threshold` of twisted
            encode(p, score, x, method = rk4(steps = 1), probes = _) | 1 2 3 | 0 1.5 | `probes` of encode
            log_likelihood(p, score, x, method = rk4(steps = 1), probes = _) | 1 2 3 | 0 1.5 | `probes` of log_likelihood
            bits_per_dim(p, score, x, method = rk4(steps = 1), probes = _) | 1 2 3 | 0 1.5 | `probes` of bits_per_dim
            bits_per_dim(p, score, x, method = rk4(steps = 1), levels = _) | 2 3 4 | 1 2.5 | `levels` of bits_per_dim
            bits_per_dim(p, score, x, method = rk4(steps = 1), lo = 2, hi = _) | 2.1 3 | 2 1 | `hi` of bits_per_dim
            implicit(f, DoubleWell(), x, simulated = _) | 1 2 3 | 0 1.5 | `simulated` of implicit
            sliced(f, DoubleWell(), x, simulated = _) | 1 2 3 | 0 1.5 | `simulated` of sliced
            sliced(f, p, x, probes = _) | 1 2 3 | 0 1.5 | `probes` of sliced
            discrete(f, p, x, n = _) | 20 21 | 0 20.5 | `n` of discrete
            diffused(DoubleWell(), x, tensor([0.1, 0.2]), steps = _) | 1 2 3 | 0 1.5 | `steps` of diffused
            log_prob(zeros([1, 3]), _) | 0 1 2 | -1 3 0.5 | `label` of log_prob
            mean_distance(x, x, rows = _) | 1 2 3 | 0 1.5 | `rows` of mean_distance
            mean_kernel(x, x, [1], rows = _) | 1 2 3 | 0 1.5 | `rows` of mean_kernel
            mean_kernel(x, x, [1, _]) | 0.5 2 | 0 -1 | bandwidths are
            median_distance(x, x, rows = _) | 1 2 3 | 0 1.5 | `rows` of median_distance
            sliced_wasserstein(x, x, projections = _) | 1 2 3 | 0 1.5 | `projections` of sliced_wasserstein
            describe(mlp(hidden = _, depth = 1), shape = [1, 2]) | 1 2 3 | 0 1.5 | `hidden` of mlp
            describe(mlp(hidden = 2, depth = _), shape = [1, 2]) | 0 1 2 | -1 0.5 | `depth` of mlp
            describe(mlp(hidden = 2, depth = 1, features = _), shape = [1, 2]) | 2 4 | 0 1 3 | `features` of mlp
            describe(mlp(hidden = 2, depth = 1, scale = _), shape = [1, 2]) | 0.5 2 | 0 -1 | `scale` of mlp
            describe(block(n = _), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `n` of residual_block
            describe(block(dropped = _), shape = [1, 1, 4, 4]) | 0 0.5 | -0.1 1 | `dropped` of residual_block
            describe(told(n = _), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `n` of condition
            describe(told(classes = _), shape = [1, 1, 4, 4]) | 0 1 2 | -1 0.5 | `classes` of condition
            describe(told(label_dropout = _), shape = [1, 1, 4, 4]) | 0 0.5 | -0.1 1 | `label_dropout` of condition
            describe(unet(base = _, multipliers = [1]), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `base` of unet
            describe(unet(base = 1, multipliers = [1], blocks = _), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `blocks` of unet
            describe(unet(base = 6, multipliers = [1], heads = _), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `heads` of unet
            describe(unet(base = 1, multipliers = [1], dropout = _), shape = [1, 1, 4, 4]) | 0 0.5 | -0.1 1 | `dropout` of unet
            describe(unet(base = 1, multipliers = [1], classes = _), shape = [1, 1, 4, 4]) | 0 1 2 | -1 0.5 | `classes` of unet
            describe(unet(base = 1, multipliers = [1], label_dropout = _), shape = [1, 1, 4, 4]) | 0 0.5 | -0.1 1 | `label_dropout` of unet
            describe(unet(base = 1, multipliers = [1, _]), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `multipliers` of unet
            describe(classifier(base = _, multipliers = [1]), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `base` of classifier
            describe(classifier(base = 1, multipliers = [1], classes = _), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `classes` of classifier
            describe(classifier(base = 1, multipliers = [1], blocks = _), shape = [1, 1, 4, 4]) | 0 1 2 | -1 0.5 | `blocks` of classifier
            describe(classifier(base = 1, multipliers = [1], dropout = _), shape = [1, 1, 4, 4]) | 0 0.5 | -0.1 1 | `dropout` of classifier
            describe(classifier(base = 1, multipliers = [1, _]), shape = [1, 1, 4, 4]) | 1 2 3 | 0 1.5 | `multipliers` of classifier
            karras(sigma_data = _) | 0.5 2 | 0 -1 | `sigma_data` of karras
            exponential(p, score, x, 0.5, -0.1, eta = _) | 0 0.5 1 | -0.1 1.1 | `eta` of exponential
            multistep(p, score, x, 0.5, -0.1, none, order = _) | 1 2 3 | 0 4 1.5 | `order` of multistep
            churned(p, x, 0.5, 0.1, noise = _) | 0 0.5 2 | -0.1 | `noise` of churned
            warmup(0.1, _) | 1 1.5 2 | 0 0.5 | `steps` of warmup
            warmup(_, 2) | 0.5 2 | 0 -1 | `rate` of warmup
            cosine(0.1, _) | 1 1.5 2 | 0 0.5 | `steps` of cosine
            cosine(_, 2) | 0.5 2 | 0 -1 | `rate` of cosine
            cosine(0.1, 2, warm = _) | 0 0.5 2 | -0.1 | `warm` of cosine
            pc(p, score, x, steps = _) | 1 2 3 | 0 1.5 | `steps` of pc
            annealed_langevin_dynamics(p, score, x, levels = _, steps = 1) | 2 3 4 | 1 2.5 | `levels` of annealed_langevin_dynamics
            annealed_langevin_dynamics(p, score, x, levels = 2, steps = _) | 1 2 3 | 0 1.5 | `steps` of annealed_langevin_dynamics
            annealed_langevin_dynamics(p, score, x, levels = 2, steps = 1, step = _) | 0.5 2 | 0 -1 | `step` of annealed_langevin_dynamics
            langevin_dynamics(p, score, x, steps = _) | 1 2 3 | 0 1.5 | `steps` of langevin_dynamics
            langevin_dynamics(p, score, x, steps = 1, step = _) | 0.5 2 | 0 -1 | `step` of langevin_dynamics
            karras_heun(p, score, x, steps = _) | 2 3 4 | 1 2.5 | `steps` of karras_heun
            karras_heun(p, score, x, steps = 2, churn = _) | 0 0.5 2 | -0.1 | `churn` of karras_heun
            karras_heun(p, score, x, steps = 2, noise = _) | 0 0.5 2 | -0.1 | `noise` of karras_heun
            simulate(p, x, steps = _) | 1 2 3 | 0 1.5 | `steps` of simulate
            simulate(p, x, steps = _, increments = zeros([2, 2, 1])) | 2 | 1 3 | `increments` of simulate
            srk(p, x, 0.5, _, x, x) | 0.1 0.2 | -0.1 | srk runs forward
            rk45(f, x, 0, 1, rtol = _, atol = 0) | 0.1 2 | 0 | `rtol` and `atol` of rk45
            rk45(f, x, 0, 1, rtol = 0, atol = _) | 0.1 2 | 0 | `rtol` and `atol` of rk45
            rk45(f, x, 0, 1, rtol = 2, atol = _) | 0 0.1 | -1 | `atol` of rk45
            rk45(f, x, 0, 1, rtol = _, atol = 2) | 0 0.1 | -1 | `rtol` of rk45
            rk45(f, x, 0, 1, steps = _) | 1 2 3 | 0 1.5 | `steps` of rk45
            rk4(f, x, 0, 1, steps = _) | 1 2 3 | 0 1.5 | `steps` of rk4
            log_normal_times(p, 2, std = _) | 0.5 2 | 0 -1 | `std` of log_normal_times
            min_snr(gamma = _) | 0.5 2 | 0 -1 | `gamma` of min_snr
            by_karras(sigma_data = _) | 0.5 2 | 0 -1 | `sigma_data` of by_karras
            """;

    /** Networks that hand one parameter on. */
    private static final String BLOCKS = """
            network block(x, t; n = 1, dropped = 0) = residual_block(x, dense(sinusoidal(t, 2), 1), n = n, dropped = dropped)
            network told_of(x, t, label) = dense(x, 1) + embedding(label, 2, 1)
            network told(x, t; n = 1, classes = 0, label_dropout = 0) =
              x*mean(condition(t, ones([1]), n = n, classes = classes, label_dropout = label_dropout))
            """;

    @TestFactory
    Stream<DynamicTest> a_number_is_taken_or_refused() {
        return GUARDS.lines()
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(guard -> DynamicTest.dynamicTest(guard[0], () -> {
                    StringBuilder taken = new StringBuilder(SETTING + BLOCKS);
                    numbers(guard[1]).forEach(number -> taken.append(call(guard[0], number)));
                    Script.run(taken.toString());
                    numbers(guard[2]).forEach(number -> assertThat(message(SETTING + BLOCKS + call(guard[0], number)))
                            .contains(guard[3]));
                }));
    }

    /** Where nothing is left of the data, or no noise is there yet, the logarithm of their ratio is infinite. */
    @Test
    void grids_in_units_of_the_noise_refuse_an_end_without_signal_or_without_noise() {
        String ends = """
                sde Straight { t in [0.001, 1]
                  x(t) = (1 - t)*x(0) + t*noise }
                sde FromNothing { t in [0, 0.9]
                  x(t) = (1 - t)*x(0) + t*noise }
                """;
        assertThat(message(ends + "karras_grid(Straight(), 3)")).contains("Straight has no signal at t_max");
        assertThat(message(ends + "log_snr_grid(Straight(), 3)")).contains("Straight has no signal at t_max");
        assertThat(message(ends + "log_snr_grid(FromNothing(), 3)")).contains("FromNothing has no noise at t_min");
        assertThat(Script.numbers(ends + "grid = karras_grid(FromNothing(), 3)\nprint(grid[0], grid[3])"))
                .containsExactly(0.9, 0);
    }

    private static String message(String script) {
        SdeError told = catchThrowableOfType(SdeError.class, () -> Script.run(script));
        assertThat(told).as(script).isNotNull();
        return told.diagnostics().getFirst().message();
    }

    private static Stream<String> numbers(String words) {
        return Stream.of(words.split(" ")).filter(word -> !word.isBlank());
    }

    private static String call(String call, String number) {
        return "odd = number(tensor([" + number + "]))\nresult = " + call.replaceAll("\\b_\\b", "odd") + "\n";
    }
}
