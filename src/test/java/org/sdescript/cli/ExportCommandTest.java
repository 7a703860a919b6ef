package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;

/** {@code sde export}: the file equals the one that {@code export} writes in a script. */
class ExportCommandTest {
    private static final String OWN = """
            param width = 8
            network net(x, t; width = 4) = dense(silu(dense(x, width)), 2)
            sde Mine(theta = 4) {
              dx = -theta*x dt + sqrt(2*theta) dw
            }
            """;

    @TempDir
    private Path folder;

    private int export(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "export";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Main.execute(line);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void trained(String network, String process, String declarations) throws IOException {
        Files.writeString(folder.resolve("own.sde"), declarations + "fail(\"this is not to be run\")\n");
        Script.run(declarations + """
                score = train(%s, moons(32), %s, steps = 2, batch = 8)
                save(score, "score.safetensors")
                export(score, "script.pt")
                """.formatted(network, process), folder);
    }

    @Test
    void the_file_is_that_of_the_language() throws IOException {
        trained("mlp(hidden = 8)", "VP()", "");

        assertThat(export(path("score.safetensors"), "-q")).isZero();
        assertThat(export(path("score.safetensors"), "-q", "-o", path("deep/er.pth")))
                .isZero();

        byte[] expected = Files.readAllBytes(folder.resolve("script.pt"));
        assertThat(folder.resolve("score.pt")).hasBinaryContent(expected);
        assertThat(folder.resolve("deep/er.pth")).hasBinaryContent(expected);
    }

    @Test
    void what_a_script_declares_is_taken_from_it_without_running_it() throws IOException {
        trained("net(width = width)", "Mine()", OWN);
        String model = path("score.safetensors");

        assertThat(export(model, "-q")).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(export(model, "-q", "--script", path("own.sde"), "--network", "net(width = width)"))
                .isEqualTo(Main.SCRIPT_ERROR);
        assertThat(folder.resolve("score.pt")).doesNotExist();
        assertThat(export(
                        model,
                        "-q",
                        "--script",
                        path("own.sde"),
                        "--network",
                        "net(width = width)",
                        "--process",
                        "Mine()"))
                .isZero();
        assertThat(folder.resolve("score.pt")).hasBinaryContent(Files.readAllBytes(folder.resolve("script.pt")));
    }

    @Test
    void a_mistake_leaves_no_file_and_says_what_is_wrong() throws IOException {
        Path model = Files.writeString(folder.resolve("notes.txt"), "no model");

        assertThat(export()).isEqualTo(Main.USAGE);
        assertThat(export(path("nowhere.safetensors"))).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(export(model.toString())).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(folder.resolve("notes.pt")).doesNotExist();

        trained("mlp(hidden = 8)", "VP()", "");
        assertThat(export(path("score.safetensors"), "-o", path("score.npy"))).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(folder.resolve("score.npy")).doesNotExist();
        assertThat(export(path("score.safetensors"), "-o", path("notes.txt/score.pt")))
                .isEqualTo(Main.SCRIPT_ERROR);
    }
}
