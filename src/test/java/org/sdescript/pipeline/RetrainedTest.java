package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Reflow: models trained again on the pairs that their ODE makes. */
@Tag("numbers")
class RetrainedTest {
    /**
     * The distance of one Euler step from the end of the ODE, on the way from a normal law to eight: bent paths end between
     * the eight. Reflow leaves a fifth at most, and the samples of one step lie near the eight: the squared energy distance of 1,000
     * samples is about 0.01 by chance, and above 0.5 before.
     */
    @Test
    void reflow_straightens_the_paths() {
        double[] found = Script.numbers("""
                set(seed = 2)
                a = randn([2000, 2])
                fast = adam(learning_rate = 3e-3)
                m = train(mlp(hidden = 64, depth = 2), a, StraightPath(), to = eight_gaussians(2000), steps = 500,
                          batch = 256, ema = 0.99, optimizer = fast)
                r = retrained(m, start = a, steps = 300, batch = 256, ema = 0.99, optimizer = fast)
                x = randn([1000, 2])
                one = pc(predictor = ode_euler, steps = 1)
                for model in [m, r] {
                  y = sample(model.process, model, start = x, direction = "forward", using = one)
                  print(number(mean(norm(y - sample(model.process, model, start = x, direction = "forward"), axis = 1))))
                  print(energy_distance(y, eight_gaussians(1000).x))
                }
                """);

        assertThat(found[2]).isLessThan(found[0] / 5);
        assertThat(found[1]).isGreaterThan(0.5);
        assertThat(found[3]).isLessThan(0.1);
    }

    /** Reflow starts from the prior of a process, from samples of either end of a path, and says what it lacks. */
    @Test
    void reflow_takes_any_model_with_one_known_end() {
        assertThat(Script.run("""
                data = randn([64, 2])
                few = ode(method = rk4(steps = 4))
                net = mlp(hidden = 8, depth = 1)
                of_noise = train(net, data, RectifiedFlow(), steps = 3, batch = 16)
                r = retrained(of_noise, rounds = 2, n = 32, using = few, steps = 3, batch = 16)
                print(r.process, r.velocity(data, 0.5).shape)
                bridge = train(net, data, BrownianBridge(), to = data, steps = 3, batch = 16)
                print(retrained(bridge, end = data, using = few, steps = 3, batch = 16).velocity(data, 0.5).shape)
                try { retrained(bridge) } catch e { print(e.message) }
                try { retrained(bridge, start = data, end = data) } catch e { print(e.message) }
                """))
                .containsExactly(
                        "x(t) = (1 − t) x(0) + t x(1) [64, 2]",
                        "[64, 2]",
                        "retrained needs samples of one end of the path BrownianBridge: `start`, at t_min, or `end`",
                        "retrained takes samples of one end, `start` or `end`; the ODE finds the other");
    }
}
