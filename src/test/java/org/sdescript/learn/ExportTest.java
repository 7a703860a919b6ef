package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.jni.ModuleCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Python;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** An exported model computes the same in PyTorch as in sde. */
class ExportTest {
    /** A network of few layers loses some ulps per layer in single precision; PyTorch's own versions differ as much. */
    private static final double ROUNDING = 1e-4;

    private static final String MODELS = """
            set(seed = 1)
            network labelled_net(x, t, label; hidden = 8) {
              h = concat([dense(x, hidden), embedding(label, 2, hidden), dense(sinusoidal(t, 8), hidden)], axis = 1)
              return dense(silu(h), 2)
            }
            network image_net(x, t; channels = 8) {
              h = conv2d(x, channels) + reshape(dense(fourier_features(t, 8), channels), [-1, channels, 1, 1])
              skip = silu(group_norm(h, groups = 4))
              low = avg_pool(skip, 2)
              low = self_attention(low, heads = 2)
              h = conv_transpose2d(low, channels) + upsample(low, 2) + skip
              return conv2d(layer_norm(gelu(h)), x.shape[1])
            }
            fn keep(name, score, x, t) {
              export(score, name + ".pt")
              save(x, name + ".x.npy")
              save(t, name + ".t.npy")
              save(score(x, t), name + ".score.npy")
            }
            times = tensor([0.1, 0.4, 0.9])
            points = randn([3, 2])
            plain = train(mlp(hidden = 8, depth = 2), moons(64), VP(), steps = 3, batch = 16)
            keep("plain", plain, points, times)
            clean = train(mlp(hidden = 8), moons(64), SubVP(), predict = karras(), steps = 3, batch = 16, ema = 0)
            keep("clean", clean, points, times)
            labels = train(labelled_net(), moons(64), VE(), steps = 3, batch = 16)
            keep("given", labels(label = 1), points, times)
            export(labels, "labels.pt")
            save(points, "labels.x.npy")
            save(times, "labels.t.npy")
            save(tensor([1, 0, 1]), "labels.label.npy")
            save(labels(points, times, label = tensor([1, 0, 1])), "labels.score.npy")
            images = train(image_net(), randn([16, 3, 8, 8]), VP(), predict = "velocity", steps = 2, batch = 4)
            keep("images", images, randn([3, 3, 8, 8]), times)
            """;

    @TempDir
    Path folder;

    @Test
    void python_computes_the_scores_that_sde_computes() throws Exception {
        Optional<Python> python = Python.withTorch();
        assumeTrue(python.isPresent(), "there is a Python with PyTorch");
        Script.run(MODELS, folder);
        List<String> lines = python.get().run("scores_of_export.py", folder);

        assertThat(lines)
                .extracting(line -> line.split(" ")[0])
                .containsExactly("clean", "given", "images", "labels", "plain");
        assertThat(lines).allSatisfy(line -> assertThat(Double.parseDouble(line.split(" ")[1]))
                .isLessThan(ROUNDING));
        assertThat(lines.getLast()).contains("mlp_dense_1_weight", "mlp_dense_2_bias");
    }

    /** Python's `m(x, 0.5)` and `m(x, 1)` pass a number. */
    @Test
    void one_time_may_be_a_number() throws IOException {
        List<String> printed = Script.run("""
                m = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 3, batch = 16)
                x = tensor([[1, 2], [-0.5, 0.25]])
                export(m, "m.pt")
                export((x, t) -> -x, "timeless.pt", shape = [2])
                save(m(x, 0.5), "half.csv")
                save(m(x, 1), "one.csv")
                again = import_network("m.pt", VP(), predict = "score", shape = [2])
                print(max(abs(again(x, 0.5) - m(x, 0.5))) < 1e-6)
                """, folder);
        byte[] archive = Files.readAllBytes(folder.resolve("m.pt"));
        float[] x = {1, 2, -0.5f, 0.25f};
        long[] shape = {2, 2};

        assertThat(printed).containsExactly("true");
        assertThat(ModuleCalls.withNumber(archive, x, shape, 0.5)).containsExactly(csv("half.csv"), within(1e-6f));
        assertThat(ModuleCalls.withWhole(archive, x, shape, 1)).containsExactly(csv("one.csv"), within(1e-6f));
        assertThat(ModuleCalls.withNumber(Files.readAllBytes(folder.resolve("timeless.pt")), x, shape, 0.5))
                .containsExactly(-1, -2, 0.5f, -0.25f);
    }

    private float[] csv(String name) throws IOException {
        String[] numbers = Files.readString(folder.resolve(name)).strip().split("[,\\s]+");
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(numbers[i]);
        }
        return values;
    }

    @Test
    void what_a_network_takes_without_a_default_is_an_argument_of_its_module() throws IOException {
        Script.run("""
                network labelled_net(x, t, label) = dense(x, 2) + embedding(label, 2, 2)
                labels = train(labelled_net(), moons(16), VP(), steps = 1, batch = 4)
                export(labels, "labels.pt")
                export(labels(label = 1), "given.pt")
                """, folder);

        assertThat(forward("labels.pt")).contains("label");
        assertThat(forward("given.pt")).isNotEmpty().doesNotContain("label");
    }

    /** The line of a module's code that names its arguments. */
    private String forward(String name) throws IOException {
        try (ZipFile archive = new ZipFile(folder.resolve(name).toFile())) {
            ZipEntry code = archive.stream()
                    .filter(entry -> entry.getName().endsWith(".py"))
                    .findFirst()
                    .orElseThrow();
            return new String(archive.getInputStream(code).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("def forward"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export(normal().score(VP()), \"m.pt\")                           | E0790",
                "export(normal().score(VP()), \"m.npy\", shape = [2])             | E0791",
                "export(normal().score(VP()), \"m.pt\", shape = [2], step = ode_euler) | E0791",
                "export((x, t) -> -x, \"m.onnx\", shape = [2], step = ode_euler)  | E0793",
                "export((x, t) -> 1, \"m.onnx\", shape = [2])                     | E0792",
                "export((x, t) -> x + randn(x.shape), \"m.pt\", shape = [2])      | E0792",
                "export((x, t) -> 1, \"m.pt\", shape = [2])                       | E0792"
            })
    void what_cannot_be_exported_is_refused(String script, String code) {
        assertThatThrownBy(() -> Script.run(script, folder)).isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                        error.diagnostics().getFirst().code())
                .isEqualTo(code));
    }
}
