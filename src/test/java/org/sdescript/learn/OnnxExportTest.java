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
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** An exported ONNX model computes the same in ONNX Runtime as in sde, for batches of any size. */
class OnnxExportTest {
    /** The agreement that is promised: single precision with some ulps lost in each layer. */
    private static final double AGREEMENT = 1e-5;

    /** Writes a model, and its inputs and values for three samples. */
    private static final String KEEP = """
            set(seed = 1)
            fn rows(x) = reshape(x, [len(x), -1])
            fn keep(name, f, x, shape) {
              t = tensor([0.1, 0.4, 0.9])
              export(f, name + ".onnx", shape = shape)
              save(rows(x), name + ".x.csv")
              save(rows(f(x, t)), name + ".y.csv")
            }
            points = randn([3, 2])
            images = randn([3, 3, 8, 8])
            """;

    @TempDir
    private Path folder;

    private double[][] csv(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private OnnxSession session(String name) throws IOException {
        return new OnnxSession(Files.readAllBytes(folder.resolve(name)));
    }

    private static Values rows(double[][] rows, int count, long... sample) {
        return Values.of(
                new Shape(Arrays.stream(sample).boxed().toList()).prepended(count), flat(Arrays.copyOf(rows, count)));
    }

    /** Compares with sde for three samples with a time each, and for the first sample with its one time. */
    private void agrees(String name, long... sample) throws IOException {
        double[][] x = csv(name + ".x.csv");
        double[][] y = csv(name + ".y.csv");
        try (OnnxSession session = session(name + ".onnx")) {
            for (int count : new int[] {3, 1}) {
                double[] times = Arrays.copyOf(new double[] {0.1, 0.4, 0.9}, count);
                Values result = session.run(Map.of("x", rows(x, count, sample), "t", Values.of(Shape.of(count), times)))
                        .values()
                        .iterator()
                        .next();
                assertThat(result.shape().size(0)).isEqualTo(count);
                same(result.elements(), flat(Arrays.copyOf(y, count)));
            }
        }
    }

    /** Differences relative to the largest number, or to 1. */
    private static void same(double[] actual, double[] expected) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual).containsExactly(expected, within(AGREEMENT * scale));
    }

    @Test
    void networks_of_the_library_agree() throws IOException {
        Script.run(KEEP + """
                p = VP()
                keep("mlp", train(mlp(hidden = 16, depth = 2), moons(64), p, steps = 3, batch = 16), points, [2])
                small = unet(base = 8, multipliers = [1, 2])
                u = train(small, images, p, predict = karras(), steps = 2, batch = 2)
                keep("unet", u, images, [3, 8, 8])
                keep("inner", u.network, images, [3, 8, 8])
                sure = classifier(classes = 3, base = 8, multipliers = [1, 2])
                c = train(sure, labelled(images, [0, 1, 2]), p, loss = classification(), steps = 2, batch = 2)
                keep("classifier", c, images, [3, 8, 8])
                keep("exact", mixture(weights = [0.3, 0.7], means = [-1, 2], stds = [0.5, 1]).score(p), points, [2])
                """, folder);

        agrees("mlp", 2);
        agrees("unet", 3, 8, 8);
        agrees("inner", 3, 8, 8);
        agrees("classifier", 3, 8, 8);
        agrees("exact", 2);
    }

    @Test
    void networks_of_a_user_agree() throws IOException {
        Script.run(KEEP + """
                network picture(x, t; channels = 8) {
                  h = conv2d(x, channels) + reshape(dense(fourier_features(t, 8), channels), [-1, channels, 1, 1])
                  skip = silu(group_norm(h, groups = 4))
                  low = self_attention(avg_pool(skip, 2), heads = 2)
                  h = conv_transpose2d(low, channels) + upsample(low, 2) + skip
                  return conv2d(layer_norm(gelu(h)), x.shape[1])
                }
                network words(x, t; n = 6) {
                  nearest = argmax(stack([x[:, 0], x[:, 1], x[:, 0] - x[:, 1]], axis = 1), axis = 1)
                  h = concat([embedding(nearest, 3, n), dense(sinusoidal(t, 8), n), dense(x, n)], axis = 1)
                  tokens = reshape(h, [-1, 3, n])
                  weights = softmax(tokens @ transpose(tokens, [0, 2, 1])/sqrt(n))
                  mixed = reshape(weights @ tokens, [-1, 3*n])
                  centred = mixed - mean(mixed, axis = 1, keep = true)
                  return dense(elu(centred)*erf(mixed), 2)
                }
                network cases(x, t) {
                  h = dense(x, 8)
                  high = max(h, axis = 1, keep = true)
                  low = min(h, axis = 1, keep = true)
                  scaled = where(h > 0, log1p(abs(h))/(1 + high - low), expm1(-h^2) + sin(h)*tanh(h))
                  running = cumsum(softplus(scaled), axis = 1)
                  both = concat([running[:, 0 : 4], gather(scaled, tensor([3, 1, 1]), axis = 1)], axis = 1)
                  return dense(both % 2, 2)*floor(3*reshape(t, [-1, 1]) + 1) + norm(h, axis = 1, keep = true)
                }
                keep("picture", train(picture(), images, VP(), predict = "velocity", steps = 2, batch = 2), images, [3, 8, 8])
                keep("words", train(words(), moons(64), VE(), steps = 2, batch = 16), points, [2])
                keep("cases", train(cases(), moons(64), SubVP(), steps = 2, batch = 16), points, [2])
                """, folder);

        agrees("picture", 3, 8, 8);
        agrees("words", 2);
        agrees("cases", 2);
    }

    @Test
    void labels_that_are_not_bound_are_an_input() throws IOException {
        Script.run(KEEP + """
                network labelled_net(x, t, label) = dense(x, 2) + embedding(label, 2, 2)
                m = train(labelled_net(), moons(64), VP(), steps = 2, batch = 16)
                export(m, "open.onnx")
                keep("bound", m(label = 1), points, [2])
                export(m, "step.onnx", step = ode_euler)
                """, folder);

        agrees("bound", 2);
        double[][] x = csv("bound.x.csv");
        Map<String, Values> inputs = new HashMap<>(
                Map.of("x", rows(x, 3, 2), "t", Values.of(Shape.of(3), 0.1, 0.4, 0.9), "label", label(1)));
        try (OnnxSession open = session("open.onnx");
                OnnxSession step = session("step.onnx")) {
            same(open.run(inputs).get("score").elements(), flat(csv("bound.y.csv")));
            assertThat(step.inputs()).extracting(input -> input.split(":")[0]).containsExactly("x", "t", "dt", "label");
        }
    }

    private static Values label(double... labels) {
        return new Values(DType.INT64, Shape.of(labels.length), labels);
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /** The branches of `own` on t and dt become branches of the model. */
    private static final String STEPS = KEEP + """
            predictor own(process, score, x, t, dt) {
              s = if t > 0.5 then score(x, t) else 2*score(x, t + dt/2)
              if t + dt < 0.1 and not t > 0.5 {
                return x, x + s
              }
              return x + dt*s, s
            }
            p = VP()
            m = train(mlp(hidden = 16, depth = 2), moons(64), p, steps = 3, batch = 16)
            save(points, "x.csv")
            fn step(name, predictor, t, dt) {
              export(m, name + ".onnx", step = predictor)
              next, mean = predictor(p, m, points, t, dt)
              save(next, name + ".next.csv")
              save(mean, name + ".mean.csv")
            }
            """;

    private record Step(String predictor, double t, double dt) {}

    @Test
    void steps_without_noise_agree() throws IOException {
        List<Step> steps = List.of(
                new Step("ode_euler", 0.5, -0.1),
                new Step("ode_heun", 0.5, -0.1),
                new Step("exponential", 0.9, -0.01),
                new Step("exponential(eta = 0)", 1, -0.99999),
                new Step("heun_in_noise", 0.02, -0.01),
                new Step("own", 0.9, -0.1),
                new Step("own", 0.3, -0.1),
                new Step("own", 0.05, -0.04));
        StringBuilder script = new StringBuilder(STEPS);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            script.append("step(\"step%d\", %s, %s, %s)\n".formatted(i, step.predictor(), step.t(), step.dt()));
        }
        Script.run(script.toString(), folder);

        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            try (OnnxSession session = session("step" + i + ".onnx")) {
                Map<String, Values> results = session.run(Map.of(
                        "x", rows(csv("x.csv"), 3, 2), "t", Values.number(step.t()), "dt", Values.number(step.dt())));
                same(results.get("next").elements(), flat(csv("step" + i + ".next.csv")));
                same(results.get("mean").elements(), flat(csv("step" + i + ".mean.csv")));
            }
        }
    }

    /** With noise z, `next` is `mean` plus the std of the step times z; `mean` does not depend on z. */
    @Test
    void the_noise_of_a_step_is_an_input() throws IOException {
        Script.run(STEPS + """
                step("em", euler_maruyama, 0.5, -0.1)
                step("rd", reverse_diffusion, 0.5, -0.1)
                step("as", ancestral, 0.5, -0.1)
                unit = ones([1, 1])
                save(sqrt(0.1*(0.1 + 0.5*19.9))*unit, "em.std.csv")
                save(p.transition.between(0.4, 0.5).diffuse(unit), "rd.std.csv")
                save(p.transition.posterior(0.4, 0.5).diffuse(unit), "as.std.csv")
                """, folder);

        double[] z = {1, -2, 0.5, 0, 3, -1};
        for (String name : List.of("em", "rd", "as")) {
            try (OnnxSession session = session(name + ".onnx")) {
                assertThat(session.inputs()).contains("noise: float [-1, 2] [batch, ]");
                Map<String, Values> results = session.run(Map.of(
                        "x", rows(csv("x.csv"), 3, 2),
                        "t", Values.number(0.5),
                        "dt", Values.number(-0.1),
                        "noise", Values.of(Shape.of(3, 2), z)));
                double[] mean = results.get("mean").elements();
                same(mean, flat(csv(name + ".mean.csv")));
                double std = csv(name + ".std.csv")[0][0];
                double[] next = new double[mean.length];
                Arrays.setAll(next, i -> mean[i] + std * z[i]);
                same(results.get("next").elements(), next);
            }
        }
    }

    /** A whole run of sampling outside of sde: the exact score of N(2, 0.5²) by 100 steps of the flow. */
    @Test
    void steps_in_a_loop_sample_the_data() throws IOException {
        Script.run(
                "export(normal(mean = 2, std = 0.5).score(VP()), \"step.onnx\", step = ode_heun, shape = [1])", folder);

        try (OnnxSession session = session("step.onnx")) {
            Map<String, String> facts = session.metadata();
            double low = Double.parseDouble(facts.get("t_min"));
            double high = Double.parseDouble(facts.get("t_max"));
            double std = Double.parseDouble(facts.get("prior_std"));
            Values x = Values.of(Shape.of(3, 1), -std, 0, std);
            int steps = 100;
            for (int i = 0; i < steps; i++) {
                double dt = (low - high) / steps;
                x = session.run(Map.of("x", x, "t", Values.number(high + i * dt), "dt", Values.number(dt)))
                        .get("next");
            }
            // the flow takes the quantiles of the prior to those of the data; Heun's error is of order 1/steps²
            assertThat(x.elements()).containsExactly(new double[] {1.5, 2, 2.5}, within(0.02));
        }
    }

    @Test
    void a_file_tells_what_it_is() throws IOException {
        Script.run(KEEP + """
                m = train(mlp(hidden = 4, depth = 0), moons(64), VP(), steps = 1, batch = 4)
                export(m, "score.onnx")
                export(m, "step.onnx", step = ode_euler)
                """, folder);

        try (OnnxSession score = session("score.onnx");
                OnnxSession step = session("step.onnx")) {
            assertThat(score.inputs())
                    .containsExactly("x: float [-1, 2] [batch, ]", "t: float [-1] [one_or_batch_of_t]");
            assertThat(score.outputs()).containsExactly("score: float [-1, 2] [batch, ]");
            assertThat(step.inputs())
                    .containsExactly("x: float [-1, 2] [batch, ]", "t: double [] []", "dt: double [] []");
            assertThat(step.outputs())
                    .containsExactly("next: float [-1, 2] [batch, ]", "mean: float [-1, 2] [batch, ]");
            assertThat(score.metadata())
                    .containsEntry("kind", "score")
                    .containsEntry("process", "VP")
                    .containsEntry("sample_shape", "[2]")
                    .containsEntry("t_max", "1.0")
                    .containsKeys("data_mean", "data_std", "prior_std", "equation", "inputs", "outputs");
            assertThat(step.metadata()).containsEntry("kind", "step").containsEntry("step", "ode_euler");
        }
    }

    @Test
    void the_bytes_depend_on_the_script_only() throws IOException {
        String script = KEEP + "export(train(mlp(hidden = 4), moons(64), VP(), steps = 1, batch = 4), \"a.onnx\")\n";
        Script.run(script, folder);
        byte[] first = Files.readAllBytes(folder.resolve("a.onnx"));
        Script.run(script, folder);

        assertThat(folder.resolve("a.onnx")).hasBinaryContent(first);
    }

    @Test
    void double_precision_stays_double() throws IOException {
        Script.run("set(precision = \"float64\")\n" + KEEP + """
                keep("mlp", train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 4), points, [2])
                """, folder);

        try (OnnxSession session = session("mlp.onnx")) {
            assertThat(session.inputs()).contains("x: double [-1, 2] [batch, ]");
            double[][] x = csv("mlp.x.csv");
            Values samples = new Values(DType.FLOAT64, Shape.of(3, 2), flat(x));
            Values times = new Values(DType.FLOAT64, Shape.of(3), new double[] {0.1, 0.4, 0.9});
            double[] expected = flat(csv("mlp.y.csv"));
            assertThat(session.run(Map.of("x", samples, "t", times))
                            .get("score")
                            .elements())
                    .containsExactly(expected, within(1e-12));
        }
    }

    /** An imported network, a number of repetitions that depends on t, and a function that no kernel has. */
    @Test
    void what_cannot_be_exported_is_named_with_its_line() {
        refused("""
                net = export((x, t) -> -x, "net.pt", shape = [2])
                score = import_network(net, VP(), predict = "score", shape = [2])
                export((x, t) -> 2*score(x, t), "a.onnx", shape = [2])
                """, "E0792", 3, "imported from");
        refused("""
                predictor mine(process, score, x, t, dt) {
                  repeat floor(10*t) {
                    x = x + score(x, t)*dt
                  }
                  return x, x
                }
                export(normal().score(VP()), "a.onnx", shape = [2], step = mine)
                """, "E0792", 2, "depends on this number");
        refused("""
                y = (x, t) -> median(x, axis = 1, keep = true) + x
                export(y, "a.onnx", shape = [2])
                """, "E0453", 1, "median");
    }

    private void refused(String script, String code, int line, String words) {
        assertThatThrownBy(() -> Script.run(script, folder)).isInstanceOfSatisfying(SdeError.class, error -> {
            Diagnostic first = error.diagnostics().getFirst();
            assertThat(first.code()).isEqualTo(code);
            assertThat(first.span().orElseThrow().line()).isEqualTo(line);
            assertThat(first.message()).contains(words);
        });
        assertThat(folder.resolve("a.onnx")).doesNotExist();
    }
}
