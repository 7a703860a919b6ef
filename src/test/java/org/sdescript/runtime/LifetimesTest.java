package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.source.Source;

/** Counts live tensors and kernels while scripts run, since the JVM does not see native memory. */
class LifetimesTest {
    /** A loop sweeps only if it owns more than 256 tensors; a step and the surrounding names add a few. */
    private static final int FEW = 280;

    @Test
    void two_thousand_predictor_steps_leave_the_number_of_tensors_flat() {
        List<Integer> alive = aliveAtPrints("""
                vp = VP()
                score = normal(std = 0.5).score(vp)
                x = randn([8, 2])
                for i in 1..2000 {
                  x, mean = euler_maruyama(vp, score, x, 0.5, -1e-4)
                  if i % 100 == 0 { print(i) }
                }
                """);

        assertThat(alive).hasSize(20);
        assertThat(alive).allMatch(count -> count < FEW);
    }

    @Test
    void a_loop_that_keeps_what_it_makes_keeps_it_alive() {
        assertThat(Script.run("""
                kept = []
                for i in 1..100 {
                  kept = [if j < len(kept) then kept[j] else full([3], i) for j in 0..i - 1]
                }
                print(len(kept), sum(kept[0]), sum(kept[99]))
                """)).containsExactly("100 3 300");
    }

    @Test
    void a_finished_script_holds_what_its_names_lead_to() {
        List<Integer> alive = aliveAtPrints("""
                a = ones([2])
                b = {x: ones([3]), y: [ones([4]), ones([5])]}
                f = (x -> x + a)
                c = a + a + a + a
                a = 3
                c = 3
                print("end")
                """);

        assertThat(alive).containsExactly(3);
    }

    @Test
    void what_a_call_returns_outlives_it_and_nothing_else_does() {
        List<Integer> alive = aliveAtPrints("""
                fn pair(n) {
                  unused = [ones([n]) for i in 1..10]
                  a = ones([n])
                  b = unused[3] + a
                  return a, {deep: [b]}
                }
                p, q = pair(3)
                print("two")
                fn early(n) {
                  for i in 1..100 {
                    t = full([2], i)
                    if i == n { return t }
                  }
                }
                e = early(60)
                print("three")
                """);

        assertThat(alive).containsExactly(2, 3);
    }

    @Test
    void closures_keep_what_they_capture() {
        assertThat(Script.run("""
                fn scaled() {
                  w = full([2], 3)
                  return x -> w*x
                }
                fn nested() {
                  inner = scaled()
                  return {f: [inner]}
                }
                g = nested()
                repeat 50 { y = ones([2]) + ones([2]) }
                print(g.f[0](ones([2])))
                fn made() {
                  w = full([1], 3)
                  sde P {
                    dx = -number(w)*x dt + dw
                  }
                  return P
                }
                p = made()
                repeat 50 { y = ones([2]) + ones([2]) }
                print(p().drift(1, 0))
                """)).containsExactly("tensor([3, 3])", "-3");
    }

    @Test
    void functions_that_are_fields_keep_what_they_belong_to() {
        assertThat(Script.run("""
                draw = normal(mean = full([2], 100), std = 1e-3*ones([2])).sample
                net = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 2, batch = 16).network
                drift = reverse(VP(), train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 2, batch = 16)).drift
                repeat 50 { y = ones([2]) + ones([2]) }
                print(mean(draw([8, 2])) > 99, net(ones([3, 2]), 0.5).shape, drift(ones([3, 2]), 0.5).shape)
                """)).containsExactly("true [3, 2] [3, 2]");
    }

    @Test
    void a_score_sees_the_present_value_of_a_number_outside_it() {
        assertThat(Script.run("""
                vp = VP()
                k = 1
                score = (x, t) -> k*x
                predictor look(process, score, x, t, dt) {
                  g = score(x, t)
                  return g, g
                }
                a, b = look(vp, score, ones([2]), 0.5, -0.1)
                k = 5
                c, d = look(vp, score, ones([2]), 0.5, -0.1)
                k = 1
                e, f = look(vp, score, ones([2]), 0.5, -0.1)
                print(a, c, e)
                """)).containsExactly("tensor([1, 1]) tensor([5, 5]) tensor([1, 1])");
    }

    @Test
    void a_score_sees_the_present_value_of_a_tensor_outside_it() {
        assertThat(Script.run("""
                vp = VP()
                w = full([2], 1)
                ws = [w, 2*w]
                r = {w: w}
                score = (x, t) -> w*x + 10*ws[1]*x + 100*r.w*x
                predictor look(process, score, x, t, dt) {
                  g = score(x, t)
                  return g, g
                }
                a, b = look(vp, score, ones([2]), 0.5, -0.1)
                w = full([2], 3)
                c, b = look(vp, score, ones([2]), 0.5, -0.1)
                ws = [w, w]
                d, b = look(vp, score, ones([2]), 0.5, -0.1)
                r = {w: w}
                e, b = look(vp, score, ones([2]), 0.5, -0.1)
                print(a[0], c[0], d[0], e[0])
                for i in 1..100 {
                  w = full([2], i)
                  f, b = look(vp, score, ones([2]), 0.5, -0.1)
                }
                print(f[0])
                """)).containsExactly("121 123 133 333", "430");
    }

    @Test
    void a_score_sees_a_name_that_hides_one_of_the_standard_library() {
        assertThat(Script.run("""
                vp = VP()
                score = (x, t) -> relu(x)
                predictor look(process, score, x, t, dt) {
                  g = score(x, t)
                  return g, g
                }
                a, b = look(vp, score, -ones([2]), 0.5, -0.1)
                fn relu(x) = 7*x
                c, b = look(vp, score, -ones([2]), 0.5, -0.1)
                print(a, c)
                """)).containsExactly("tensor([0, 0]) tensor([-7, -7])");
    }

    @Test
    void a_branch_on_a_number_is_taken_anew_for_each_number() {
        assertThat(Script.run("""
                predictor sided(process, score, x, t, dt) {
                  if t > 0.5 { return x, x }
                  return -x, -x
                }
                one = ones([1])
                print([number(sided(VP(), none, one, t, 0)[0]) for t in [0.9, 0.1, 0.7, 0.5]])
                """)).containsExactly("[1, -1, 1, -1]");
    }

    @Test
    void names_of_an_imported_file_live_as_long_as_the_script() throws Exception {
        Path folder = Script.temporary();
        Files.writeString(folder.resolve("part.sde"), "w = full([2], 3)\n");
        Path script = Files.writeString(folder.resolve("main.sde"), """
                import "part.sde"
                w = 1
                repeat 50 { y = ones([2]) + ones([2]) }
                import "part.sde" as part
                print(part.w)
                """);

        assertThat(Script.run(script, Map.of())).containsExactly("tensor([3, 3])");
    }

    /** A model and its kernels reference each other; the kernels must not keep the model alive. */
    @Test
    void kernels_of_a_model_that_no_name_leads_to_are_let_go() {
        List<WeakReference<Object>> models = new ArrayList<>();
        List<Long> alive = new ArrayList<>();
        run(
                """
                for i in 1..4 {
                  score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 16)
                  x = sample(VP(), score, n = 4, using = pc(steps = 1))
                }
                print(1)
                score = none
                y = sample(VP(), normal(std = 0.5).score(VP()), n = 4, shape = [1], using = pc(steps = 1))
                print(2)
                """,
                session -> {
                    System.gc();
                    alive.add(models.stream().filter(each -> each.get() != null).count());
                },
                (name, graph, parameters) -> {
                    if (parameters.owner() != null
                            && models.stream().noneMatch(each -> each.get() == parameters.owner())) {
                        models.add(new WeakReference<>(parameters.owner()));
                    }
                });

        assertThat(models).hasSizeGreaterThan(4);
        assertThat(alive.getLast()).isZero();
    }

    /**
     * A step of rk4 has four velocities and some twenty products. The record of a derivative keeps one state for each
     * step, and the sweep back frees them: a hundred states of 64 kB at the end of the solution, few after it.
     */
    @Test
    void a_derivative_through_a_solver_keeps_one_state_a_step_and_frees_all() {
        List<Long> bytes = new ArrayList<>();
        run("""
                fn loss(theta) {
                  x = rk4((x, t) -> -theta*sin(x), ones([16384]), 0, 1, steps = 100)
                  print("end of the solution")
                  return mean(x)
                }
                g = grad(loss, 1.3)
                print("end")
                """, session -> bytes.add(session.backend().tensorBytes()), (name, graph, parameters) -> {});

        long state = 4L * 16384;
        assertThat(bytes).hasSize(2);
        assertThat(bytes.get(0)).isBetween(100 * state, 104 * state);
        assertThat(bytes.get(1)).isLessThan(3 * state);
    }

    /** Returns the number of live tensors at each line that the script prints. */
    private static List<Integer> aliveAtPrints(String text) {
        List<Integer> alive = new ArrayList<>();
        run(text, session -> alive.add(session.backend().liveTensors()), (name, graph, parameters) -> {});
        return alive;
    }

    private static void run(String text, Consumer<Session> atPrint, KernelListener kernels) {
        Session[] session = new Session[1];
        Console console = new Counting(() -> atPrint.accept(session[0]));
        try (Session opened = new Session(Settings.standard(), console, Script.temporary(), null)) {
            session[0] = opened;
            opened.onKernel(kernels);
            Source source = new Source("script.sde", text);
            Script.PIPELINE.run(
                    Script.PIPELINE.program(source), Path.of("script.sde"), ScriptParameters.of(Map.of()), opened);
        }
    }

    private record Counting(Runnable atLine) implements Console {
        @Override
        public void line(String text) {
            atLine.run();
        }

        @Override
        public void note(String text) {}

        @Override
        public Progress progress(String title, long total) {
            return new RecordedConsole().progress(title, total);
        }
    }
}
