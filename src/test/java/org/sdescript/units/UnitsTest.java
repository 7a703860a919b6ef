package org.sdescript.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * Units that run from parcels, in any order and by several threads, give the numbers of a run without them, bit for bit:
 * the same batches go through the same kernels with the same random numbers.
 */
class UnitsTest {
    private static final Pipeline PIPELINE = new Pipeline();

    /** Scripts that print numbers in full, computed in several units. */
    private static Stream<String> scripts() {
        return Stream.of(
                "x = sample(VP(), normal(std = 0.5).score(VP()), n = 10, shape = [2], batch = 3, using = pc(steps = 5))\nprint(x, nfe())",
                // the noise goes on with the streams of the run
                "s = normal(std = 0.5).score(VP())\na = sample(VP(), s, n = 4, shape = [2], batch = 2, using = pc(steps = 3))\nb = sample(VP(), s, n = 4, shape = [2], batch = 2, using = pc(steps = 3))\nprint(a, b, randn([2]))",
                // a system
                "s = normal(mean = {x: 1, v: 0}, std = {x: 0.5, v: 0.2}).score(CLD())\nprint(sample(CLD(), s, n = 5, shape = [1], batch = 2, using = pc(steps = 4), seed = 2))",
                // a process of the user, and a sampler with closures and draws of its own
                """
                k = 0.7
                sde Mine(c = 1) { t in [0, 1]; dx = -c*k*x dt + sqrt(0.2 + t) dw }
                p = Mine(c = 2)
                s = normal(std = 0.5).score(p)
                fn nudge(a) = (x -> a*x + 0.1*randn_like(x))
                push = nudge(0.99)
                sampler mine(process, score, x) {
                  for i in 0..4 {
                    x, mean = euler_maruyama(process, score, x, 1 - i/5, -0.199)
                    x = push(x)
                  }
                  return x
                }
                print(sample(p, s, n = 7, shape = [2], batch = 3, using = mine))
                """,
                // a trained model with labels, one for each sample
                """
                m = train(mlp(hidden = 8), moons(32), VP(), steps = 3, batch = 8)
                print(sample(VP(), m, n = 6, batch = 4, using = pc(steps = 3)))
                """,
                """
                network mine(x, t, label) = dense(x, 2) + embedding(label, 3, 2)
                m = train(mine, labelled(zeros([8, 2]), [0, 1, 2, 0, 1, 2, 0, 1]), VP(), steps = 2, batch = 4)
                print(sample(VP(), m(label = round(tensor([0, 1, 2, 1, 0]))), n = 5, batch = 2, using = pc(steps = 3)))
                print(log_likelihood(VP(), m(label = round(tensor([0, 1, 2, 1, 0]))), randn([5, 2]), batch = 2))
                """,
                // samplings inside of units draw streams of their own, whatever ran before
                """
                p = VP(); s = normal(std = 0.5).score(p)
                print(in_batches((part, from, its) -> sample(p, s, start = part, using = pc(steps = 2)) + sample(p, s, n = 2, shape = [1], using = pc(steps = 2)), zeros([8, 1]), batch = 2))
                print(sample(p, s, n = 2, shape = [1], using = pc(steps = 2)))
                """,
                // recorded states with means and times
                "way = sample(VP(), normal().score(VP()), n = 5, shape = [1], batch = 2, using = pc(steps = 6), record = 4, means = true)\nprint(way.states, way.means, way.times)",
                // a given start and noise
                "print(sample(VP(), normal().score(VP()), start = randn([5, 2]), batch = 2, using = pc(steps = 3), noise = randn([3, 5, 2])))",
                "p = VP(); s = normal(std = 0.5).score(p)\nx = randn([7, 2])\nprint(log_likelihood(p, s, x, batch = 3), nfe())\nz, change = encode(p, s, x, batch = 2, probes = 2)\nprint(z, change)\nprint(log_likelihood(p, s, x, batch = 3, probe = x), log_likelihood(p, s, x, batch = 3, probe = randn([2, 7, 2])))",
                "p = CLD(); s = normal(mean = {x: 1, v: 0}, std = {x: 0.5, v: 0.2}).score(p)\nx = p.start(randn([5, 1]))\nz, change = encode(p, s, x, batch = 2)\nprint(z, change)",
                "x = simulate(DoubleWell(), zeros([7, 1]), steps = 4, batch = 3)\ny = simulate(DoubleWell(), zeros([7, 1]), steps = 4, batch = 3, paths = false)\nprint(x, y)\nprint(simulate(VP(), zeros([5, 2]), steps = 3, batch = 2, increments = randn([3, 5, 2])))",
                """
                scale = 2
                t = sweep(parameters = {rate: [0.1, 0.2, 0.3], seed: 1..2}, (rate, seed) -> {loss: scale*rate + seed/100, noise: number(mean(randn([4])))})
                print(t)
                """,
                "print(bits_per_dim(VP(), normal().score(VP()), zeros([5, 2]), batch = 2))");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void units_of_other_processes_give_the_same_numbers(String script) {
        List<String> here = lines(script, null);

        try (ThreadCluster cluster = new ThreadCluster(2)) {
            assertThat(lines(script, cluster)).isEqualTo(here);
            assertThat(cluster.units()).isGreaterThan(1);
        }
    }

    @Test
    void an_error_in_a_unit_is_the_error_of_the_script_at_its_place() {
        String script = """
                sampler mine(process, score, x) {
                  fail("no way")
                }
                x = sample(VP(), normal().score(VP()), n = 4, shape = [2], batch = 2, using = mine)
                """;
        try (ThreadCluster cluster = new ThreadCluster(2)) {
            assertThatThrownBy(() -> lines(script, cluster)).isInstanceOfSatisfying(SdeError.class, error -> {
                assertThat(error).hasMessage("no way");
                assertThat(error.diagnostics().getFirst().span().orElseThrow().line())
                        .isEqualTo(2);
            });
        }
    }

    private static List<String> lines(String text, ThreadCluster cluster) {
        RecordedConsole console = new RecordedConsole();
        try (Session session = new Session(Settings.standard().seed(5), console, Script.temporary(), null)) {
            if (cluster != null) {
                session.shareWith(new Shared(cluster));
            }
            PIPELINE.run(
                    PIPELINE.program(new Source("script.sde", text)),
                    Path.of("script.sde"),
                    ScriptParameters.of(Map.of()),
                    session);
        }
        return console.lines();
    }

    /** A cluster that outlives the session. */
    private record Shared(ThreadCluster cluster) implements org.sdescript.runtime.Cluster {
        @Override
        public String master() {
            return cluster.master();
        }

        @Override
        public byte[] runTogether(Job job, int workers, String folder, Session session) {
            return cluster.runTogether(job, workers, folder, session);
        }

        @Override
        public int ping(int tasks) {
            return cluster.ping(tasks);
        }

        @Override
        public void run(Job job, Session session, Replies replies) {
            cluster.run(job, session, replies);
        }

        @Override
        public void close() {}
    }
}
