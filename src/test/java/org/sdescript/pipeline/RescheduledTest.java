package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Script;

/** Scores of one process as scores of another: a change of schedule without training. */
@Tag("numbers")
class RescheduledTest {
    private static final String PROCESSES = """
            set(precision = "float64")
            sde Path { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1)
              prior = normal() }
            sde Trig { t in [0, 1]; x(t) = cos(pi/2*t)*x(0) + sin(pi/2*t)*x(1)
              prior = normal() }
            sde Shifted { t in [0.001, 0.99]; x(t) = (1 - t)*x(0) + 3*t + 2*t*noise }
            sde Odd { t in [0.001, 3]; dx = -t*x dt + (1 + t^2)*dw }
            law = mixture(weights = [1, 2], means = [[-1, 0.5], [1, 2]], stds = [0.5, 0.8])
            x = 2*randn([5, 2])
            """;

    /**
     * Relative to the largest score; at times at which both processes have the noise. The time is exact to a few roundings, and a
     * score changes with its logarithm by its own size at most.
     */
    @ParameterizedTest
    @CsvSource({
        "VP(), Karras()",
        "Karras(), VE()",
        "RectifiedFlow(), CosineVP()",
        "CosineVP(), Path()",
        "Path(), Trig()",
        "Trig(), Shifted()",
        "SubVP(), VP()",
        "VE(hi = 1000), Odd()",
        "Odd(), RectifiedFlow()",
        "Shifted(), Path()"
    })
    void the_score_of_another_schedule_is_exact(String from, String to) {
        double[] errors = Script.numbers(PROCESSES + """
                p, q = [%s, %s]
                s, e = [rescheduled(law.score(p), q), law.score(q)]
                times = [q.t_min + (q.t_max - q.t_min)*i/9 for i in 1..8]
                both = [t for t in times if q.log_snr(t) > p.log_snr(p.t_max) and q.log_snr(t) < p.log_snr(p.t_min)]
                print(len(both))
                for t in both { print(number(max(abs(s(x, t) - e(x, t)))/max(abs(e(x, t))))) }
                many = tensor(both)[:1] + zeros([5])
                print(number(max(abs(s(x, many) - e(x, many)))/max(abs(e(x, many)))))
                """.formatted(from, to));

        assertThat(errors[0]).isGreaterThan(2);
        assertThat(DoubleStream.of(errors).skip(1).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(1e-12));
    }

    @Test
    void the_time_of_equal_noise_is_a_formula_where_the_ratio_can_be_inverted() {
        assertThat(Script.run(PROCESSES + """
                print(equal_noise_time(VP(), Karras()))
                print(equal_noise_time(OrnsteinUhlenbeck(), VP(beta = linear(hi = 1))))
                print(equal_noise_time(Trig(), Karras()))
                print(equal_noise_time(VE(), VE()))
                score = law.score(VE())
                print(process_of(score).name, process_of((x, t) -> 2*score(x, t)).name)
                try { equal_noise_time(CLD(), VP()) } catch e { print(e.code, e.message) }
                try { rescheduled((x, t) -> -x, VP()) } catch e { print(e.code) }
                """))
                .containsExactly(
                        "1/199 (√(1 + 3980 log(t² + 1)) − 1)",
                        "max(0.00001, 0.225 t² + 0.05 t)",
                        "2 atan(|t|)/π",
                        "t",
                        "VE VE",
                        "E0616 CLD is a system, which has no single signal-to-noise ratio",
                        "E0822");
    }

    /**
     * The velocity of the flow changes as the coordinates do: with r(t) and s(t) = σ̄(t)/σ(r), it is ṡ/s x + s ṙ u(x/s, r) (Lipman et
     * al. 2024, §4.6.2). Derivatives are exact.
     */
    @Test
    void the_flow_is_that_of_the_old_schedule_in_other_coordinates() {
        double[] errors = Script.numbers(PROCESSES + """
                for p, q in [[VP(), Karras()], [RectifiedFlow(), CosineVP()], [Karras(), RectifiedFlow()]] {
                  r = equal_noise_time(p, q)
                  fn scale(t) = q.transition.std(t)/p.transition.std(r(t))
                  u = flow(p, law.score(p)).drift
                  v = flow(q, rescheduled(law.score(p), q)).drift
                  for t in [0.3, 0.8] {
                    s, s_dot, r_dot = [scale(t), jvp(scale, t, 1), jvp(t -> r(t), t, 1)]
                    print(number(max(abs(v(x, t) - s_dot/s*x - s*r_dot*u(x/s, r(t))))/max(abs(v(x, t)))))
                  }
                }
                """);

        assertThat(DoubleStream.of(errors).boxed()).hasSize(6).allSatisfy(each -> assertThat(each)
                .isLessThan(1e-12));
    }

    /**
     * More noise than Karras has, σ = 80: VP at t = 1 has 152 times the signal. The expected data is off by |data|²/(2 · 80²) of its
     * size, with |data| below 5: at most 0.2 %.
     */
    @Test
    void more_noise_than_the_old_schedule_has_is_nearly_right() {
        double[] found = Script.numbers(PROCESSES + """
                s = rescheduled(law.score(Karras()), VP())
                mean_of = denoised(VP(), s, x, 1)
                exact_one = denoised(VP(), law.score(VP()), x, 1)
                print(number(max(abs(mean_of - exact_one))))
                print(number(max(abs(s(x, 1) - law.score(VP())(x, 1)))))
                """);

        assertThat(found[0]).isCloseTo(0, within(0.002 * 5));
        assertThat(found[1]).isLessThan(1e-4);
    }

    /** Models of a process and of a path that ends in noise are sampled by other schedules, also in batches. */
    @Test
    void a_trained_model_is_sampled_by_another_schedule() {
        assertThat(Script.run("""
                sde Path { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1) }
                data = randn([64, 2])
                net = mlp(hidden = 8, depth = 1)
                for m in [train(net, data, VP(), steps = 3, batch = 16),
                          train(net, data, Path(), to = normal(), steps = 3, batch = 16)] {
                  for q in [Karras(), CosineVP(), RectifiedFlow()] {
                    s = rescheduled(m, q)
                    whole = sample(q, s, n = 6, shape = [2], using = pc(steps = 4), seed = 1)
                    parts = sample(q, s, n = 6, shape = [2], using = pc(steps = 4), seed = 1, batch = 4)
                    print(whole.shape, number(max(abs(whole - parts))) < 1e-3)
                  }
                }
                """)).hasSize(6).allSatisfy(line -> assertThat(line)
                .isEqualTo("[6, 2] true"));
    }
}
