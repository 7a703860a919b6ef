package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.jni.SavedModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Python;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.torchscript.Archive;

/** Networks saved as TorchScript, by sde or by Python, as scores. */
class ImportTest {
    @TempDir
    Path folder;

    private static final String TRAINED = """
            score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 3, batch = 16)
            again = import_network(export(score, "score.pt"), VP(), predict = "score", shape = [2])
            x = tensor([[0.5, -1], [2, 0.25], [-1, 0]])
            """;

    @Test
    void what_was_exported_comes_back() {
        assertThat(Arrays.stream(Script.numbers(TRAINED + """
                print(max(abs(again(x, 0.3) - score(x, 0.3))))
                a = sample(VP(), score, n = 8, seed = 1, using = pc(steps = 5))
                b = sample(VP(), again, n = 8, seed = 1, using = pc(steps = 5))
                print(max(abs(a - b)))
                """)))
                .hasSize(2)
                .allSatisfy(difference -> assertThat(difference).isLessThan(1e-4));
    }

    /** A network is traced with a batch whose size divides no size of a sample; 997 is the first that is tried. */
    @Test
    void samples_as_large_as_the_batch_that_is_tried_first_are_exported() {
        assertThat(Double.parseDouble(Script.run("""
                score = train(mlp(hidden = 2, depth = 1), randn([4, 997]), VP(), steps = 1, batch = 4)
                again = import_network(export(score, "wide.pt"), VP(), predict = "score", shape = [997])
                x = randn([3, 997])
                print(max(abs(again(x, 0.3) - score(x, 0.3))))
                """).getFirst())).isLessThan(1e-4);
    }

    @Test
    void its_gradient_by_x_is_that_of_the_network_it_was() {
        assertThat(Arrays.stream(Script.numbers(TRAINED + """
                fn energy(f, x) = sum(f(x, 0.3)^2)
                g = grad(y -> energy(score, y), x)
                h = grad(y -> energy(again, y), x)
                print(max(abs(g - h)) / max(abs(g)))
                """)))
                .hasSize(1)
                .allSatisfy(difference -> assertThat(difference).isLessThan(1e-4));
    }

    @Test
    void a_second_derivative_is_refused() {
        refused(TRAINED + """
                fn slope(y) = sum(grad(z -> sum(again(z, 0.3)^2), y)^2)
                print(grad(slope, x))
                """, "E0798");
    }

    @Test
    void a_network_of_another_shape_is_told_with_what_it_is_called_with() {
        refused(TRAINED + "print(again(randn([3]), 0.3))", "E0808");
        refused(TRAINED.replace(", shape = [2]", "") + "print(again(randn([4, 3]), 0.3))", "E0797");
    }

    @Test
    void a_file_of_something_else_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("net.pt"), "no zip");
        refused("score = import_network(\"" + file + "\", VP())\nprint(score(randn([4, 3]), 0.3))", "E0796");
    }

    /** Writes a module whose forward is this expression of x and t; returns the script that imports the module. */
    private String module(String forward) throws IOException {
        Path file = folder.resolve("own.pt");
        Files.write(file, Archive.of("  def forward(self, x: Tensor, t: Tensor):\n    return " + forward + "\n"));
        return "own = import_network(\"" + file + "\", VP(), predict = \"output\", shape = [2])\n"
                + "x = tensor([[1, 2], [3, 4]])\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torch.to(torch.mul(x, 2), 7)",
                "torch.to(torch.mul(x, 2), 5)",
                "torch.mul(x, 2)",
            })
    void decimals_of_any_width_come_in_the_precision_of_the_run(String forward) throws IOException {
        assertThat(Script.run(module(forward) + "print(own(x, 0.5), own(x, 0.5).dtype)"))
                .containsExactly("tensor([[2, 4], [6, 8]]) float32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torch.to(x, 4)",
                "torch.to(x, 15)",
                "torch.to(x, 9)",
                "torch.gt(x, 2)",
                "(x, x)",
                "[x, x]",
                "None",
                "1.5",
                "torch.sum(x)",
                "torch.unsqueeze(x, 0)",
                "torch.select(x, 1, 0)",
                "torch.to_sparse(x)",
                "torch.add(x, missing)",
            })
    void what_is_no_tensor_of_decimals_of_the_shape_of_x_is_refused(String forward) throws IOException {
        refused(module(forward) + "print(own(x, 0.5))", forward.contains("missing") ? "E0796" : "E0797");
    }

    /**
     * PyTorch writes a different zip archive than sde: with 64-bit sizes, memos in its pickles, and tables of source
     * lines.
     */
    @Test
    void an_archive_that_pytorch_has_written_is_read() throws IOException {
        assertThat(Script.run(TRAINED, folder)).isEmpty();
        Path ours = folder.resolve("score.pt");
        Files.write(folder.resolve("theirs.pt"), SavedModules.again(Files.readAllBytes(ours)));

        assertThat(Script.run("""
                ours = import_network("score.pt", VP(), predict = "score", shape = [2])
                theirs = import_network("theirs.pt", VP(), predict = "score", shape = [2])
                x = randn([4, 2])
                print(max(abs(ours(x, 0.3) - theirs(x, 0.3))))
                """, folder)).containsExactly("0");
    }

    @Test
    void a_forward_that_writes_in_place_leaves_the_tensors_of_the_script_alone() throws IOException {
        assertThat(Script.run(module("torch.mul_(x, torch.unsqueeze(torch.add_(t, 1.5), 1))") + """
                print(own(x, 0.5), x)
                print(grad(y -> sum(own(y, 0.5)), x), x)
                """))
                .containsExactly(
                        "tensor([[2, 4], [6, 8]]) tensor([[1, 2], [3, 4]])",
                        "tensor([[2, 2], [2, 2]]) tensor([[1, 2], [3, 4]])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.from_file('a')", "torch.save(x, 'a')"})
    void a_module_that_opens_files_is_refused(String forward) throws IOException {
        refused(module(forward) + "print(own(x, 0.5))", "E0796");
    }

    @Test
    void an_imported_network_is_not_exported_again_and_its_file_is_named() throws IOException {
        String script = module("torch.mul(x, 2)") + "export(own, \"again.pt\")";

        assertThatThrownBy(() -> Script.run(script))
                .hasMessageContaining("it has a part that was imported from " + folder.resolve("own.pt"));
    }

    private static void refused(String script, String code) {
        assertThatThrownBy(() -> Script.run(script)).isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                        error.diagnostics().getFirst().code())
                .isEqualTo(code));
    }

    @Test
    void networks_of_python_give_what_they_give_there() throws Exception {
        Optional<Python> python = Python.withTorch();
        assumeTrue(python.isPresent(), "there is a Python with PyTorch");
        python.get().run("network_to_import.py", folder);
        List<String> differences = Script.run("""
                fn table(name) = csv(name, header = false).x
                for name in ["scripted.pt", "traced.pt"] {
                  net = import_network(name, VP(), predict = "score")
                  x = table("x.csv")
                  print(max(abs(net(x, 0.3) - table("y.csv"))))
                  print(max(abs(grad(z -> sum(net(z, 0.3)^2), x) - table("gradient.csv"))))
                }
                """, folder);

        assertThat(differences).hasSize(4).allSatisfy(difference -> assertThat(Double.parseDouble(difference))
                .isLessThan(1e-5));
        String wrong = "score = import_network(\"" + folder.resolve("parameters.pt") + "\", VP())";
        refused(wrong + "\nprint(score(randn([4, 2]), 0.3))", "E0796");
    }
}
