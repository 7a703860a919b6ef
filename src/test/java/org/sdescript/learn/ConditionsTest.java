package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** Data with conditions: {@code given}, training, models of a condition, and samples of them. */
@Tag("numbers")
class ConditionsTest {

    @Test
    void data_keeps_its_conditions_in_parts_in_other_orders_and_scaled() {
        assertThat(Script.run("""
                d = given(tensor([[1, 2], [3, 4], [5, 6], [7, 8]]), {a: [1, 2, 3, 4], k: randint(0, 3, [4])})
                print(d)
                print(d[1:3].c.a, d[d.x[:, 0] > 4].c.a, d.split(0.5)[1].c.a, d.standardised().c.a, len(d.c.k))
                mixed = shuffle(d)
                print(max(abs(2*mixed.c.a - 1 - mixed.x[:, 0])), d.c.k.dtype, given(d, ones([4, 3])))
                print(given(labelled(d.x, [0, 1, 1, 0]), ones([4])), labelled(given(d.x, ones([4])), [0, 1, 1, 0]))
                """))
                .containsExactly(
                        "data [4, 2] with conditions a [4], k [4]",
                        "tensor([2, 3]) tensor([3, 4]) tensor([3, 4]) tensor([1, 2, 3, 4]) 4",
                        "0 int64 data [4, 2] with a condition [4, 3]",
                        "data [4, 2] with labels and a condition [4] data [4, 2] with labels and a condition [4]");
    }

    @Test
    void images_among_the_conditions_are_mirrored_with_the_samples() {
        assertThat(Script.run("""
                x = reshape(arange(4), [1, 1, 2, 2])
                d = given(x, {picture: 10*x, size: [7], other: reshape(arange(2), [1, 1, 1, 2])}).flipped()
                print(d.c.picture[1], d.c.size, d.c.other[1])
                """)).containsExactly("tensor([[[10, 0], [30, 20]]]) tensor([7, 7]) tensor([[[0, 1]]])");
    }

    /** The output is the condition, so a loss compares the two in each batch. */
    @Test
    void each_sample_is_trained_with_its_own_condition() {
        assertThat(Script.run("""
                network echo(x, t, b, a) = 0*dense(x, 1) + align(a, x) + b[:, :1] + 2*b[:, 1:]
                loss apart(score, process, x0, a) = mean((score(x0, 0.5) - x0)^2) + mean((a - score.a)^2)
                a = randn([50]); b = randn([50, 2])
                data = given(reshape(a + b[:, 0] + 2*b[:, 1], [50, 1]), {a: a, b: b})
                m = train(echo, data, VP(), predict = "output", loss = apart, steps = 5, batch = 16, seed = 1)
                print(max(m.losses) < 1e-10, m)
                """))
                .containsExactly("true model of echo with 2 parameters, [1] a sample, given a and b [2]");
    }

    @Test
    void conditions_go_with_samples_that_are_read_batch_by_batch() {
        assertThat(Script.run("""
                network echo(x, t, c) = 0*dense(x, 2) + c
                loss apart(score, process, x0) = mean((score(x0, 0.5) - x0)^2)
                stored = sample(VP(), normal().score(VP()), n = 10, shape = [2], batch = 4, to = "drawn", using = pc(steps = 2))
                data = given(stored, stored.x)
                part, rest = data.split(0.5)
                m = train(echo, data, VP(), predict = "output", loss = apart, steps = 6, batch = 4, validation = rest, validate = 2)
                print(max(m.losses), m.history.validation[-1], max(abs(part.c - part.x)), kind(data), given(data, ones([10])).c.shape)
                """)).containsExactly("0 0 0 data set [10]");
    }

    @Test
    void one_condition_for_all_samples_or_one_for_each() {
        assertThat(Script.run("""
                network echo(x, t, c) = 0*dense(x, 2) + c
                m = train(echo, given(randn([8, 2]), randn([8, 2])), VP(), predict = "score", steps = 1, batch = 8)
                x = zeros([2, 2])
                print(m(c = tensor([1, 2]))(x, 0.5), m(c = tensor([[1, 2], [3, 4]]))(x, 0.5))
                three = zeros([3, 2])
                # [2] for all of two samples, though there are two numbers and two samples
                print(in_batches((part, from, s) -> s(part, 0.5), x, score = m(c = tensor([1, 2])), batch = 1))
                print(in_batches((part, from, s) -> s(part, 0.5), x, score = m(c = tensor([[1, 2], [3, 4]])), batch = 1))
                print(log_likelihood(VP(), m(c = ones([3, 2])), three, batch = 2).shape)
                """))
                .containsExactly(
                        "tensor([[1, 2], [1, 2]]) tensor([[1, 2], [3, 4]])",
                        "tensor([[1, 2], [1, 2]])",
                        "tensor([[1, 2], [3, 4]])",
                        "[3]");
    }

    @Test
    void a_model_is_sampled_with_its_own_process_and_a_given_condition() {
        assertThat(Script.run("""
                network echo(x, t, c, k) = 0*dense(x, 2) + c - x + align(k, x)
                data = given(randn([8, 2]), {k: randint(0, 3, [8]), c: randn([8, 2])})
                m = train(echo, data, VP(), predict = "score", steps = 1, batch = 8)
                by = pc(steps = 3)
                x = sample(VP(), m(c = ones([2]), k = 2), n = 3, seed = 1, using = by)
                print(max(abs(x - sample(m, n = 3, seed = 1, using = by, given = {c: ones([2]), k: 2}))))
                print(max(abs(x - sample(m(k = 2), n = 3, seed = 1, using = by, batch = 2, given = ones([3, 2])))) < 1e-5)
                print(max(abs(x - sample(conditioned(m(k = 2), ones([2])), n = 3, seed = 1, using = by))))
                exact = normal(std = 0.5).score(VP())
                print(max(abs(sample(exact, n = 3, shape = [2], seed = 1, using = by) - sample(VP(), exact, n = 3, shape = [2], seed = 1, using = by))))
                """)).containsExactly("0", "true", "0", "0");
    }

    /**
     * The output is the number that the network sees, so that the mean loss is the share of samples that are told; 5.2
     * standard errors of 50,000 samples: 2e-7.
     */
    @Test
    void conditions_are_dropped_together_for_the_share_of_samples_that_is_given() {
        double[] found = Script.numbers("""
                network seen(x, t, c, k, told) = 0*dense(x, 1) + c[:, :1]*reshape(told, [-1, 1]) + reshape(where(k == -1, 0, 1), [-1, 1])
                loss share(score, process, x0) = mean(score(x0, 0.5))
                data = given(zeros([1000, 1]), {c: ones([1000, 2]), k: randint(0, 3, [1000])})
                m = train(seen, data, VP(), predict = "output", loss = share, steps = 50, batch = 1000, seed = 1,
                          drop_condition = 0.2, optimizer = adam(learning_rate = 0), validation = data, validate = 50)
                print(mean(m.losses), m.history.validation[-1])
                print(number(m(zeros([1, 1]), 0.5)), number(m(c = ones([2]), k = 1)(zeros([1, 1]), 0.5)))
                """);
        assertThat(found[0])
                .isBetween(1.6 - 2 * 5.2 * Math.sqrt(0.16 / 50_000), 1.6 + 2 * 5.2 * Math.sqrt(0.16 / 50_000));
        // validation drops nothing
        assertThat(found[1]).isEqualTo(2);
        assertThat(found[2]).isEqualTo(0);
        assertThat(found[3]).isEqualTo(2);
    }

    /**
     * For x = c + ε/2 with c of N(0, 1), the law of x given c is N(c, 1/4) and its marginal N(0, 5/4), so E[x(0) | x(t)] is
     * linear in x(t): m + s² a/(a² s² + v) (x − a m) for a law N(m, s²). At t = 0.4, where the two differ by 0.55, the
     * largest error of four seeds was 0.040 in the mean with a spread of 0.020 given c, and 0.062 with a spread of 0.020
     * without. The means of two seeds spread 1.4 times less: the bounds are 5 of their spreads above.
     */
    @Test
    void a_model_tells_the_mean_given_a_condition_and_without_one() {
        double[] found = Script.numbers("""
                p = VP()
                c = randn([4000])
                data = given(reshape(c, [-1, 1]) + randn([4000, 1])/2, c)
                at = tensor([[-1], [0.5], [1.5]]); who = tensor([-1, 0.3, 1]); k = reshape(who, [-1, 1])
                a = p.transition.mean_coef(0.4); v = p.transition.variance(0.4)
                for s in 1..2 {
                  m = train(mlp(hidden = 32, depth = 1, conditions = 1), data, p, steps = 500, batch = 256, seed = s, ema = 0.98,
                            drop_condition = 0.25, optimizer = adam(learning_rate = 5e-3))
                  print(max(abs(denoised(p, m(c = who), at, 0.4) - (k + a/4/(a^2/4 + v)*(at - a*k)))),
                        max(abs(denoised(p, m, at, 0.4) - 1.25*a/(a^2*1.25 + v)*at)))
                }
                """);
        assertThat((found[0] + found[2]) / 2).isLessThan(0.040 + 5 * 0.020 / Math.sqrt(2));
        assertThat((found[1] + found[3]) / 2).isLessThan(0.062 + 5 * 0.020 / Math.sqrt(2));
    }

    @Test
    void an_embedding_of_a_dropped_condition_is_zero() {
        assertThat(Script.run("""
                network of(x, t, label) = 0*dense(x, 2) + embedding(label, 3, 2)
                m = train(of, labelled(randn([8, 2]), randint(0, 2, [8])), VP(), predict = "score", steps = 1, batch = 8,
                          drop_condition = 0.5)
                print(m(zeros([1, 2]), 0.5), abs(m(label = 1)(zeros([1, 2]), 0.5)) > 0, m)
                """))
                .containsExactly(
                        "tensor([[0, 0]]) tensor([[true, true]]) model of of with 12 parameters, [2] a sample, given label or nothing");
    }

    @Test
    void guidance_without_a_classifier_takes_any_condition() {
        assertThat(Script.run("""
                network echo(x, t, a, b) = 0*dense(x, 1) + a[:, :1] + align(b, x)
                data = given(randn([8, 1]), {a: randn([8, 2]), b: randn([8])})
                m = train(echo, data, VP(), predict = "score", steps = 1, batch = 8, drop_condition = 0.5)
                x = zeros([2, 1])
                print(classifier_free(m, {b: 1, a: tensor([2, 0])}, scale = 2)(x, 0.5))
                print(classifier_free(m(b = 1, a = zeros([2])), {a: tensor([2, 0])}, scale = 2)(x, 0.5))
                print(sample(VP(), classifier_free(m, {b: tensor([1, 2]), a: zeros([2])}, scale = 2), n = 2, shape = [1],
                             using = pc(steps = 2)).shape)
                """)).containsExactly("tensor([[6], [6]])", "tensor([[5], [5]])", "[2, 1]");
    }

    @Test
    void a_saved_model_remembers_its_conditions() {
        assertThat(Script.run("""
                c = randn([8, 3])
                m = train(mlp(hidden = 4, conditions = 3), given(randn([8, 2]), c), VP(), steps = 2, batch = 8, drop_condition = 0.5)
                again = load(save(m, "m.safetensors"))
                x = randn([4, 2])
                print(again, max(abs(again(c = ones([3]))(x, 0.5) - m(c = ones([3]))(x, 0.5))), max(abs(again(x, 0.5) - m(x, 0.5))))
                image = train(unet(base = 4, multipliers = [1]), given(randn([4, 1, 4, 4]), randn([4, 2, 4, 4])), VP(), steps = 2, batch = 4)
                print(load(save(image, "i.safetensors")))
                """))
                .containsExactly(
                        "model of mlp(hidden = 4, conditions = 3) with 398 parameters, [2] a sample, given c [3] or nothing 0 0",
                        "model of unet(base = 4, multipliers = [1]) with 3541 parameters, [1, 4, 4] a sample, given c [2, 4, 4]");
    }

    /** An exported score in single precision is the same graph: the differences are those of another order of sums. */
    @Test
    void an_exported_score_takes_its_conditions_and_an_imported_network_too() {
        assertThat(Script.run("""
                network echo(x, t, c, k) = dense(concat([x, c], axis = 1), 2) + embedding(k, 3, 2)
                data = given(randn([8, 2]), {k: randint(0, 2, [8]), c: randn([8, 3])})
                m = train(echo, data, VP(), predict = "score", steps = 2, batch = 8)
                again = import_network(export(m, "m.pt"), VP(), predict = "score", conditions = {c: [3], k: "whole"}, shape = [2])
                x = randn([5, 2])
                c = randn([5, 3])
                print(max(abs(again(c = c, k = 1)(x, 0.5) - m(c = c, k = 1)(x, 0.5))) < 1e-5, sample(again, n = 2, given = {c: zeros([3]), k: 0}, using = pc(steps = 2)).shape)
                print(export(m(k = 1), "m.onnx") == "", export(m, "step.onnx", step = ode_heun) == "")
                """)).containsExactly("true [2, 2]", "false false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                print(given(randn([8, 2]), randn([7, 3])))                                                  | E0567
                print(given(randn([8, 2]), {label: ones([8])}))                                             | E0567
                print(given(randn([8]), ones([8])))                                                         | E0567
                train(plain, given(x, c), VP(), steps = 1, batch = 8)                                       | E0568
                train(two, given(x, {b: c}), VP(), steps = 1, batch = 8)                                    | E0565
                train(two, given(x, {a: c, z: c}), VP(), steps = 1, batch = 8)                              | E0568
                train(plain, x, VP(), steps = 1, batch = 8, drop_condition = 0.1)                           | E0569
                train(mlp(), given(x, c), VP(), steps = 1, batch = 8)                                       | E0470
                train(mlp(conditions = 3), x, VP(), steps = 1, batch = 8)                                   | E0470
                train(mlp(conditions = 2), given(x, c), VP(), steps = 1, batch = 8)                         | E0470
                train(one, given(x, log(c - 100)), VP(), steps = 1, batch = 8)                              | E0810
                train(one, given(x, c), VP(), steps = 1, batch = 8, validation = x)                         | E0813
                train(one, given(x, c), VP(), steps = 1, batch = 8, validation = given(x, x))               | E0813
                m = train(optional, given(x, c), VP(), steps = 1, batch = 8); print(m(x, 0.5))              | E0820
                m = train(one, given(x, c), VP(), steps = 1, batch = 8); print(conditioned(m, none))        | E0820
                m = train(one, given(x, c), VP(), steps = 1, batch = 8); print(m(c = ones([2])))            | E0808
                m = train(one, given(x, c), VP(), steps = 1, batch = 8); print(m(c = ones([4, 3]))(x, 0.5)) | E0808
                m = train(one, given(x, c), VP(), steps = 1, batch = 8); print(sample(m, given = {z: 1}))   | E0821
                m = train(plain, x, VP(), steps = 1, batch = 8); print(sample(m, given = 1))                | E0821
                m = train(mlp(hidden = 4), x, VP(), steps = 1, batch = 8); print(m(c = 1))                  | E0815
                print(sample((x, t) -> -x, shape = [2]))                                                    | E0822
                print(sample(VP()))                                                                         | E0306
                """)
    void what_does_not_fit_is_refused(String line, String code) {
        assertThatThrownBy(() -> Script.run("""
                network plain(x, t) = dense(x, 2)
                network one(x, t, c) = dense(x, 2) + dense(c, 2)
                network two(x, t, a, b) = dense(x, 2) + dense(a, 2) + dense(b, 2)
                network optional(x, t, c = none) = if c == none then dense(x, 2) else dense(x, 2) + dense(c, 2)
                x = randn([8, 2])
                c = randn([8, 3])
                """ + line.replace("; ", "\n"))).satisfies(Refusal.with(code));
    }
}
