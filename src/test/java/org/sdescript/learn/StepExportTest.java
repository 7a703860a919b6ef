package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.OnnxSession;
import org.sdescript.OnnxSession.Values;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** Exported steps with a memory and of systems agree in ONNX Runtime with whole samplings and steps of sde. */
class StepExportTest {
    /** Single precision with some ulps lost in each layer and step. */
    private static final double AGREEMENT = 1e-5;

    private static final int STEPS = 6;

    @TempDir
    private Path folder;

    private double[] csv(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private OnnxSession session(String name) throws IOException {
        return new OnnxSession(Files.readAllBytes(folder.resolve(name)));
    }

    private static Values points(double... elements) {
        return Values.of(Shape.of(elements.length / 2, 2), elements);
    }

    private static void same(double[] actual, double[] expected) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual).containsExactly(expected, within(AGREEMENT * scale));
    }

    /** Runs the steps of `pc` from t_max to t_min: what a step remembers goes into the next one. */
    private static Map<String, Values> sampled(OnnxSession step, Map<String, Values> start) {
        double low = Double.parseDouble(step.metadata().get("t_min"));
        double high = Double.parseDouble(step.metadata().get("t_max"));
        Map<String, Values> inputs = new HashMap<>(start);
        Map<String, Values> results = Map.of();
        for (int i = 0; i < STEPS; i++) {
            double t = high + (low - high) * i / STEPS;
            inputs.put("t", Values.number(t));
            inputs.put("dt", Values.number(high + (low - high) * (i + 1) / STEPS - t));
            if (step.inputs().contains("steps_before: double [] []")) {
                inputs.put("steps_before", Values.number(i));
            }
            results = step.run(inputs);
            results.forEach((name, value) -> {
                if (name.startsWith("next")) {
                    inputs.put(name.equals("next") ? "x" : name.substring("next_".length()), value);
                }
            });
        }
        return results;
    }

    private static final String EXPORTS = """
            set(seed = 1)
            points = randn([3, 2])
            save(points, "x.csv")
            fn keep(name, p, m, predictor) {
              export(m, name + ".onnx", step = predictor, process = p, shape = [2])
              save(sample(p, m, start = points, using = pc(predictor = predictor, steps = 6)), name + ".csv")
            }
            """;

    @Test
    void the_memory_of_a_step_is_an_input_of_the_next() throws IOException {
        Script.run(EXPORTS + """
                predictor adams(process, score, x, t, dt, past) {
                  slope = flow(process, score).drift(x, t)
                  if past == none {
                    next = x + dt*slope
                    return next, next, {slope: slope, length: dt, first: true}
                  }
                  next = x + dt*slope + dt^2/(2*past.length)*(slope - past.slope)
                  return next, next, {slope: slope, length: if past.first then dt else past.length, first: false}
                }
                p = VP()
                m = train(mlp(hidden = 16, depth = 2), moons(64), p, steps = 3, batch = 16)
                predictor turned(process, score, x, t, dt, past) {
                  slope = score(x, t)
                  back = if past == none then 0*x else if past.low == 1 then past.slope else -past.slope
                  next = x + dt*(slope + back)
                  return next, next, {slope: slope, low: if t < 0.5 then 1 else 0}
                }
                keep("turned", p, m, turned)
                keep("first", p, m, multistep(order = 1))
                keep("second", p, m, multistep)
                keep("third", p, m, multistep(order = 3))
                keep("adams", p, m, adams)
                """, folder);

        for (String name : List.of("turned", "first", "second", "third", "adams")) {
            try (OnnxSession step = session(name + ".onnx")) {
                Map<String, Values> start = memory(step);
                assertThat(start)
                        .hasSize(Map.of("turned", 2, "first", 0, "second", 2, "third", 4, "adams", 2)
                                .get(name));
                start.put("x", points(csv("x.csv")));
                same(sampled(step, start).get("next").elements(), csv(name + ".csv"));
            }
        }
    }

    /** Any numbers, since the first step does not use them. */
    private static Map<String, Values> memory(OnnxSession step) {
        Map<String, Values> memory = new HashMap<>();
        for (String input : step.inputs()) {
            String[] words = input.split(":? ");
            if (words[0].startsWith("past_")) {
                Shape shape = input.contains("batch") ? Shape.of(3, 2) : Shape.SCALAR;
                double[] any = new double[(int) shape.elements()];
                Arrays.fill(any, 7);
                DType dtype = words[1].equals("double") ? DType.FLOAT64 : DType.FLOAT32;
                memory.put(words[0], new Values(dtype, shape, any));
            }
        }
        return memory;
    }

    /** The inputs tell their types; in a batch of another size, too. */
    @Test
    void a_memory_has_the_size_of_the_batch() throws IOException {
        Script.run(EXPORTS + "keep(\"second\", VP(), normal(std = 0.5).score(VP()), multistep)", folder);

        double[] x = csv("x.csv");
        try (OnnxSession step = session("second.onnx")) {
            assertThat(step.inputs())
                    .containsExactly(
                            "x: float [-1, 2] [batch, ]",
                            "t: double [] []",
                            "dt: double [] []",
                            "steps_before: double [] []",
                            "past_0_clean: float [-1, 2] [batch, ]",
                            "past_0_lambda: double [] []");
            assertThat(step.outputs())
                    .containsExactly(
                            "next: float [-1, 2] [batch, ]",
                            "mean: float [-1, 2] [batch, ]",
                            "next_past_0_clean: float [-1, 2] [batch, ]",
                            "next_past_0_lambda: double [] []");
            Map<String, Values> one =
                    Map.of("x", points(x[0], x[1]), "past_0_clean", points(0, 0), "past_0_lambda", Values.number(0));
            same(sampled(step, one).get("next").elements(), Arrays.copyOf(csv("second.csv"), 2));
            assertThat(step.metadata().get("inputs")).contains("steps_before", "past_");
        }
    }

    private static final String SYSTEM = EXPORTS + """
            p = CLD()
            m = train(mlp(hidden = 16, depth = 2), moons(64), p, loss = hybrid(), steps = 3, batch = 16)
            speeds = randn([3, 2])
            save(speeds, "v.csv")
            start = {x: points, v: speeds}
            exact = normal(std = 0.5).score(p)
            fn pair(name, predictor) {
              export(exact, name + ".onnx", step = predictor, shape = [2])
              end = sample(p, exact, start = start, using = pc(predictor = predictor, steps = 6))
              save(end.x, name + ".x.csv")
              save(end.v, name + ".v.csv")
            }
            """;

    @Test
    void the_states_of_a_system_are_inputs_and_outputs_by_their_names() throws IOException {
        Script.run(SYSTEM + """
                pair("heun", ode_heun)
                pair("third", multistep(order = 3))
                """, folder);

        for (String name : List.of("heun", "third")) {
            try (OnnxSession step = session(name + ".onnx")) {
                assertThat(step.outputs()).element(1).asString().startsWith("next_v: float");
                Map<String, Values> start = memory(step);
                assertThat(start).hasSize(name.equals("heun") ? 0 : 6);
                start.put("x", points(csv("x.csv")));
                start.put("v", points(csv("v.csv")));
                Map<String, Values> end = sampled(step, start);
                same(end.get("next_x").elements(), csv(name + ".x.csv"));
                same(end.get("mean_v").elements(), csv(name + ".v.csv"));
            }
        }
    }

    /** The noise of CLD goes into v alone, with the standard deviation √(2 γ β |dt|) = √0.8. */
    @Test
    void the_noise_of_a_system_is_that_of_its_noisy_states() throws IOException {
        Script.run(SYSTEM + "export(m, \"em.onnx\", step = euler_maruyama)\n", folder);

        try (OnnxSession step = session("em.onnx")) {
            double[] z = {1, -2, 0.5, 0, 3, -1};
            Map<String, Values> inputs = new HashMap<>(Map.of(
                    "x", points(csv("x.csv")),
                    "v", points(csv("v.csv")),
                    "t", Values.number(0.5),
                    "dt", Values.number(-0.1)));
            step.inputs().stream()
                    .map(input -> input.split(":")[0])
                    .filter(name -> name.startsWith("noise"))
                    .forEach(name -> inputs.put(name, points(z)));
            Map<String, Values> results = step.run(inputs);
            same(results.get("next_x").elements(), results.get("mean_x").elements());
            double[] next = results.get("mean_v").elements();
            Arrays.setAll(next, i -> next[i] + Math.sqrt(0.8) * z[i]);
            same(results.get("next_v").elements(), next);
        }
    }

    @Test
    void the_score_of_a_system_is_a_record_of_tensors() throws IOException {
        Script.run(SYSTEM + """
                export(m, "score.onnx")
                s = m(start, 0.4)
                save(s.x, "score.x.csv")
                save(s.v, "score.v.csv")
                """, folder);

        try (OnnxSession score = session("score.onnx")) {
            Values t = new Values(DType.FLOAT32, Shape.of(1), new double[] {0.4});
            Map<String, Values> results =
                    score.run(Map.of("x", points(csv("x.csv")), "v", points(csv("v.csv")), "t", t));
            same(results.get("score_x").elements(), csv("score.x.csv"));
            same(results.get("score_v").elements(), csv("score.v.csv"));
            assertThat(score.metadata().get("outputs")).contains("score_x", "score_v");
        }
    }

    private void refused(String script, String words) {
        assertThatThrownBy(() -> Script.run(script, folder))
                .isInstanceOfSatisfying(SdeError.class, error -> {
                    assertThat(error.diagnostics().getFirst().code()).isEqualTo("E0792");
                    assertThat(error.diagnostics()
                                    .getFirst()
                                    .span()
                                    .orElseThrow()
                                    .line())
                            .isEqualTo((int) script.lines().count());
                })
                .hasMessageContaining(words);
        assertThat(folder.resolve("a.onnx")).doesNotExist();
    }

    @Test
    void memories_without_a_form_of_their_own_are_refused() {
        String head = "predictor mine(process, score, x, t, dt, past) {\n  s = score(x, t)\n";
        String export = "}\nexport(normal().score(VP()), \"a.onnx\", shape = [2], step = mine)\n";
        refused(
                head + "  return x, x, if past == none then [s] else append(past, s)\n" + export,
                "another form in each");
        refused(head + "  return x, x, y -> y + s\n" + export, "its memory holds a function");
        refused(
                head + "  return x, x, if t > 0.5 then [s] else [mean(s)]\n" + export,
                "not in every step of the same type");
        for (String memory : List.of(
                "if t > 0.5 then {s: s} else none",
                "if t > 0.5 then none else {s: s}",
                "if t > 0.5 then {s: s} else {s: s, first: s}",
                "{s: s, low: if t < 0.5 then true else false}",
                "{s: s, at: if t < 0.5 then \"low\" else \"high\"}",
                "{s: s, at: if t < 0.5 then none else s}")) {
            refused(head + "  return x, x, " + memory + "\n" + export, "where it branches");
        }
        refused(
                "m = train(mlp(hidden = 4), moons(64), CLD(), loss = hybrid(), steps = 1, batch = 8)\nexport(m, \"a.pt\")\n",
                "several states");
    }

    /** Each of these gave another error, or a file that no program loads. */
    @Test
    void two_parts_of_one_name_are_refused() {
        for (String[] given : new String[][] {
            {"dt", "step = ode_euler", "two of its inputs would"},
            {"steps_before", "step = multistep", "two of its inputs would"},
            {"past_0_clean", "step = multistep", "two of its inputs would"},
            {"next", "step = ode_euler", "inputs and results"},
            {"score", "shape = [2]", "inputs and results"},
            {"noise", "step = euler_maruyama", "the random numbers"}
        }) {
            refused("""
                    network named(x, t, NAME) = dense(x, 2) + embedding(NAME, 2, 2)
                    m = train(named(), moons(64), VP(), steps = 1, batch = 8)
                    export(m, "a.onnx", HOW)
                    """.replace("NAME", given[0]).replace("HOW", given[1]), given[2]);
        }
        String system = """
                sde Two { t in [0, 1]; dx = -x dt + dw_1; dNAME = -NAME dt + dw_2; start = {NAME: normal()} }
                export(normal().score(Two()), "a.onnx", shape = [2], step = ode_euler)
                """;
        for (String name : List.of("dt", "noise")) {
            refused(system.replace("NAME", name), "would be named `" + name + "`");
        }
    }
}
