package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** A sampler finds the process of a score behind every wrapper, and compares the prior with the law at t_max. */
class ScoreSourcesTest {
    private static final String SCORES = """
            network small(x, t) = dense(concat([x, sinusoidal(t, 4)], axis = 1), 2)
            network labelled_small(x, t, label = 0) = dense(concat([x, sinusoidal(t, 4), embedding(label, 3, 4)], axis = 1), 2)
            p = VP()
            law = normal(mean = 1, std = 0.5)
            exact = law.score(p)
            two = mixture(weights = [0.5, 0.5], means = [-1, 1], stds = 0.5).score(p)
            model = train(small, randn([32, 2]), p, steps = 1, batch = 8, seed = 1)
            edm = train(small, randn([32, 2]), p, steps = 1, batch = 8, seed = 1, predict = karras())
            fn twice(x, t) = 2*model(x, t)
            fn again(x, t) { s = twice(x, t); return s }
            fn steered(x, t; base, by) = base(x, t) + by
            sides = (x, t) -> concat([x[:, 0:1], -x[:, 0:1]], axis = 1)
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exact",
                "two",
                "model",
                "edm",
                "counted(model)",
                "(x, t) -> 2*exact(x, t)",
                "(y, s) -> exact(y, s) + 0.1*y",
                "(x, t) -> 0.5*law.score(VE())(x, t) + model(x, t)",
                "(x, t) -> exact(x, t) + grad(x -> sum(log_prob(sides(x, t), 0)), x)",
                "again",
                "steered(base = exact, by = 1)",
                "tilted(score = model, log_likelihood = (x, t) -> -sum(x^2, axis = 1))",
                "guided(model, sides, 0)",
                "guided(guided(exact, sides, 0), sides, 1)",
                "classifier_free((x, t, label) -> exact(x, t), 0, without = 1)",
                "inpaint(p, exact, tensor([3, 0]), tensor([1, 0]))",
                "posterior(p, edm, x -> x[:, 0:1], 3, std = 1)",
                "replaced(p, model, tensor([3, 0]), x -> tensor([1, 0])*x)",
            })
    void a_score_of_another_process_is_refused_however_it_is_wrapped(String score) {
        String script = SCORES + "score = " + score + "\n";
        String drawn = "x = sample(%s, score, n = 2, shape = [2], using = pc(steps = 2), seed = 1%s)\nprint(x.shape)\n";

        assertThat(Script.run(script + drawn.formatted("p", "") + drawn.formatted("VE()", ", unlike = true")))
                .containsExactly("[2, 2]", "[2, 2]");
        assertThatThrownBy(() -> Script.run(script + drawn.formatted("VE()", "")))
                .satisfies(Refusal.with("E0542"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reverse(VE(), score%s)",
                "flow(VE(), score%s)",
                "log_likelihood(VE(), score, ones([1, 2]), method = rk4(steps = 2)%s)",
                "encode(VE(), score, ones([1, 2]), method = rk4(steps = 2)%s)",
                "bits_per_dim(VE(), score, ones([1, 2]), method = rk4(steps = 2)%s)"
            })
    void what_is_derived_with_a_score_of_another_process_is_refused_unless_that_is_meant(String call) {
        String script = SCORES + "score = (x, t) -> 2*exact(x, t)\nresult = " + call + "\nprint(1)\n";

        assertThatThrownBy(() -> Script.run(script.formatted(""))).satisfies(Refusal.with("E0542"));
        assertThat(Script.run(script.formatted(", unlike = true"))).containsExactly("1");
    }

    /** A score carried over from VP to its unscaled form, at another place and time, is one of no known process; others have none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(x, t) -> p.transition.mean_coef(t)*exact(p.transition.mean_coef(t)*x, t)",
                "(x, t) -> exact(x, 1 - t)",
                "(x, t) -> -x",
                "(x, t) -> law.score(VE())(x, t)",
                "loop"
            })
    void a_function_of_no_known_process_is_taken(String score) {
        assertThat(Script.run(SCORES + """
                fn loop(x, t) = if t < 0 then loop(x, t) else -x
                x = sample(VE(), %s, n = 2, shape = [2], using = pc(steps = 2), seed = 1)
                print(x.shape)
                """.formatted(score))).containsExactly("[2, 2]");
    }

    @Test
    void states_of_a_system_have_scores_of_their_process_too() {
        String script = """
                score = normal(mean = {x: 0, v: 0}).score(CLD())
                print(sample(CLD(%s), score, n = 2, shape = [2], using = pc(steps = 2)).x.shape)
                """;

        assertThat(Script.run(script.formatted(""))).containsExactly("[2, 2]");
        assertThatThrownBy(() -> Script.run(script.formatted("beta = 2"))).satisfies(Refusal.with("E0542"));
    }

    private static List<String> notes(String script, Path folder) {
        RecordedConsole console = new RecordedConsole();
        Script.run(script, folder, console);
        return console.notes().stream()
                .filter(note -> note.contains("prior of"))
                .toList();
    }

    private static double nats(String note) {
        return Double.parseDouble(note.replaceAll("(?s).*prior\\) is (\\S+) nats.*", "$1"));
    }

    /**
     * dx = −x dt + √2 dw until t = T takes N(m, s²) to N(m e^−T, s² e^−2T + 1 − e^−2T), and the prior is N(0, 1 − e^−2T) or the one stated:
     * KL( N(a, v) ‖ N(c, w) ) = ½ (v/w − 1 − log(v/w) + (a − c)²/w). It is told with three digits.
     */
    @ParameterizedTest
    @CsvSource({"3, 0.5, 1, 0, 0", "-2, 2, 0.5, 0, 0", "0, 3, 1, 0, 0", "1, 1, 2, 0.5, 2", "0, 0.1, 3, 0, 1.3"})
    void the_gap_is_the_divergence_between_two_normal_laws_in_nats(
            double mean, double std, double end, double centre, double spread) {
        String prior = spread > 0 ? "; prior = normal(mean = " + centre + ", std = " + spread + ")" : "";
        String script = """
                sde P { t in [0, %s]; dx = -x dt + sqrt(2) dw%s }
                score = normal(mean = %s, std = %s).score(P())
                for part in 1..2 {
                  x = sample(P(), %s, n = 2, shape = [1], using = pc(steps = 2))
                }
                """;

        double left = Math.exp(-end);
        double noise = -Math.expm1(-2 * end);
        double v = left * left * std * std + noise;
        double w = spread > 0 ? spread * spread : noise;
        double nats = (v / w - 1 - Math.log(v / w) + Math.pow(left * mean - centre, 2) / w) / 2;
        for (String score :
                List.of("score", "(x, t) -> score(x, t)", "guided(score, (x, t) -> concat([x, -x], axis = 1), 0)")) {
            List<String> notes = notes(script.formatted(end, prior, mean, std, score), folder);
            assertThat(notes).as(score).hasSize(1);
            assertThat(nats(notes.getFirst())).isCloseTo(nats, within(5.1e-3 * nats));
        }
    }

    /** Moments of the mixture: mean Σ wμ, variance Σ w (s² + μ²) − mean². */
    @Test
    void of_a_mixture_the_gap_is_that_of_its_moments() {
        List<String> notes = notes("""
                sde P { t in [0, 1]; dx = -x dt + sqrt(2) dw }
                score = mixture(weights = [0.25, 0.75], means = [-2, 2], stds = [0.5, 1]).score(P())
                x = sample(P(), score, n = 2, shape = [1], using = pc(steps = 2))
                """, folder);

        double variance = 0.25 * (0.25 + 4) + 0.75 * (1 + 4) - 1;
        double w = -Math.expm1(-2);
        double ratio = (Math.exp(-2) * variance + w) / w;
        double nats = (ratio - 1 - Math.log(ratio) + Math.exp(-2) / w) / 2;
        assertThat(notes).hasSize(1);
        assertThat(nats(notes.getFirst())).isCloseTo(nats, within(5.1e-3 * nats));
    }

    /** Two states that do not meet: their divergences add up, and `unlike` starts are those that the process states. */
    @ParameterizedTest
    @ValueSource(strings = {"normal(mean = {x: 3, y: 0}, std = {x: 0.5, y: 2})", "normal(mean = 3, std = 0.5)"})
    void of_a_system_the_gaps_of_its_states_add_up(String law) {
        boolean isStated = law.contains("mean = 3,");
        List<String> notes = notes("""
                sde Pair {
                  t in [0, 1]
                  dx = -x dt + sqrt(2) dw_1
                  dy = -y dt + sqrt(2) dw_2
                  %s
                }
                score = %s.score(Pair())
                x = sample(Pair(), score, n = 2, shape = [1], using = pc(steps = 2))
                """.formatted(isStated ? "start = {y: normal(std = 2)}" : "", law), folder);

        double w = -Math.expm1(-2);
        double total = 0;
        for (double[] start : new double[][] {{3, 0.5}, {0, 2}}) {
            double ratio = (Math.exp(-2) * start[1] * start[1] + w) / w;
            total += (ratio - 1 - Math.log(ratio) + Math.exp(-2) * start[0] * start[0] / w) / 2;
        }
        assertThat(notes).hasSize(1);
        assertThat(nats(notes.getFirst())).isCloseTo(total, within(5.1e-3 * total));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VP()",
                "SubVP()",
                "CosineVP()",
                "RectifiedFlow()",
                "OrnsteinUhlenbeck(theta = 2)",
                "CLD()",
                "Karras()"
            })
    void data_of_unit_size_has_no_gap_worth_telling(String process) {
        assertThat(notes("""
                p = %s
                x = sample(p, normal(mean = 0.5, std = 1).score(p), n = 2, shape = [1], using = pc(steps = 2))
                """.formatted(process), folder)).isEmpty();
    }

    @Test
    void samples_that_start_elsewhere_than_at_the_prior_have_no_gap() {
        assertThat(notes("""
                sde P { t in [0, 1]; dx = -x dt + sqrt(2) dw }
                x = sample(P(), normal(mean = 9).score(P()), start = ones([2, 1]), using = pc(steps = 2))
                """, folder)).isEmpty();
    }
}
