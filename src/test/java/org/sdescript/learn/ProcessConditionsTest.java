package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** Parameters of a process that are conditions: each sample has its own. */
@Tag("numbers")
class ProcessConditionsTest {
    private static final String TRAINED = """
            set(precision = "float64", seed = 4)
            sde Pulled(theta = 1, mu = 0) {
              t in [1e-3, 1]
              dx = theta*(mu - x) dt + sqrt(2*theta) dw
            }
            network f(x, t) { return dense(x, 2) }
            p = Pulled()
            x = randn([6, 2])
            th = uniform(0.5, 2, [6])
            fn seen(score, process, x0) = mean(process.transition.mean(x0, 0.5)^2) + 0*mean(score(x0, 0.5))
            m = train(f, given(x, {theta: th, mu: x[:, ::-1]}), p, loss = seen, batch = 6, steps = 1, predict = "noise")
            v = m(theta = th, mu = x)
            own = Pulled(theta = align(th, x), mu = x)
            """;

    /** Some twenty roundings of numbers near 1. */
    private static final double ROUNDING = 1e-14;

    @Test
    void a_loss_computes_with_each_samples_own_process() {
        double[] found = Script.numbers(TRAINED + """
                left = exp(-0.5*align(th, x))
                print(m.losses[0] - mean((x*left + x[:, ::-1]*(1 - left))^2))
                """);

        assertThat(found[0]).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void a_score_divides_by_each_samples_own_deviation() {
        double[] found = Script.numbers(TRAINED + """
                stds = tensor([Pulled(theta = number(each)).transition.std(0.5) for each in list(th)])
                s = m(x, 0.5, theta = th, mu = zeros([2]))
                print(max(abs(s + m.network(x, 0.5, theta = th, mu = x)/align(stds, x))))
                for i in 0..5 {
                  print(max(abs(s[i] - m(x[i : i + 1], 0.5, theta = number(th[i]), mu = zeros([2])))))
                }
                """);

        assertThat(found).hasSize(7).containsOnly(new double[7], within(ROUNDING));
    }

    /** The process by its conditions, by `given`, said twice, and in two batches. */
    @Test
    void samples_and_likelihoods_follow_each_samples_own_process() {
        double[] found = Script.numbers(TRAINED + """
                steps = pc(predictor = ode_heun, steps = 4)
                y = sample(own, v, n = 6, using = steps, seed = 4)
                for z in [sample(v, n = 6, using = steps, seed = 4), sample(p, v, n = 6, using = steps, batch = 4, seed = 4),
                          sample(m, n = 6, using = steps, given = {theta: th, mu: x}, seed = 4)] {
                  print(max(abs(y - z)))
                }
                print(max(abs(flow(p, v).drift(x, 0.3) - flow(own, v).drift(x, 0.3))))
                print(max(abs(v.velocity(x, 0.3) - flow(own, v).drift(x, 0.3))))
                print(max(abs(denoised(p, v, x, 0.3) - denoised(own, v, x, 0.3))))
                print(max(abs(log_likelihood(p, v, x) - log_likelihood(own, v, x))))
                k = m(theta = th)(x, 0.3, mu = x) - v(x, 0.3)
                print(max(abs(k)))
                """);

        assertThat(found).hasSize(8).containsOnly(new double[8], within(ROUNDING));
    }

    /** A function that calls a conditioned score with its own x and t is a score of the same process. */
    @Test
    void scores_that_are_made_of_a_conditioned_model_keep_its_process() {
        double[] found = Script.numbers(TRAINED + """
                steps = pc(predictor = ode_heun, steps = 4)
                s = (x, t) -> 1*v(x, t)
                print(max(abs(sample(own, v, n = 6, using = steps, seed = 4) - sample(p, s, n = 6, shape = [2], using = steps, seed = 4))))
                print(max(abs(flow(p, s).drift(x, 0.3) - flow(own, v).drift(x, 0.3))))
                print(max(abs(log_likelihood(p, s, x) - log_likelihood(own, v, x))))
                w = m(theta = 1.5, mu = zeros([2]))
                far = Pulled(theta = 0.7)
                print(max(abs(rescheduled(w, far)(x, 0.5) - rescheduled((x, t) -> 1*w(x, t), far)(x, 0.5))))
                """);

        assertThat(found).hasSize(4).containsOnly(new double[4], within(ROUNDING));
    }

    @Test
    void a_file_keeps_the_conditions_of_the_process() {
        assertThat(Script.run(TRAINED + """
                k = load(save(m, "m.safetensors"), network = f, process = p)
                print(k, max(abs(k(x, 0.5, theta = th, mu = x) - v(x, 0.5))))
                """, Script.temporary()))
                .containsExactly(
                        "model of f with 6 parameters, [2] a sample, given theta of the process and mu [2] of the process 0");
    }

    /** The network may take the parameter too; dropped conditions leave the process its own. */
    @Test
    void a_condition_may_be_of_both_network_and_process() {
        assertThat(Script.run("""
                sde Pulled(mu = 0) { t in [1e-3, 1]; dx = (mu - x) dt + dw }
                network g(x, t, mu, c) { return dense(x + align(mu, x) + align(c, x), 1) }
                x = randn([8, 1])
                m = train(g, given(x, {mu: ones([8]), c: ones([8])}), Pulled(), drop_condition = 0.5, batch = 8, steps = 2)
                print(m, m(x, 0.5, mu = 1).shape, sample(m, n = 2, using = pc(steps = 2), given = {mu: 1, c: 1}).shape)
                """))
                .containsExactly("model of g with 2 parameters, [1] a sample, given c and mu of the process or nothing"
                        + " [8, 1] [2, 1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m(x, 0.5, theta = 1) | E0306",
                "sample(m, n = 2) | E0306",
                "sample(m(theta = 1), n = 2) | E0306",
                "m(x, 0.5, theta = ones([4]), mu = 0) | E0808",
                "sample(rescaled(p, 2), v, n = 6) | E0823",
                "train(f, given(x, {rate: th}), p, steps = 1, batch = 6) | E0568",
                "export(m, \"step.onnx\", step = exponential) | E0792",
                "train(f, given(x, {theta: th, mu: x}), p, drop_condition = 0.5, steps = 1, batch = 6) | E0569"
            })
    void what_does_not_fit_is_refused(String line, String code) {
        assertThatThrownBy(() -> Script.run(TRAINED + "print(" + line + ")")).satisfies(Refusal.with(code));
    }
}
