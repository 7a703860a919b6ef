package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Python;

/** The kernel as Jupyter starts it: found by its description, in a process of its own. */
class JupyterCommandTest {
    private static final List<String> NOTEBOOKS =
            List.of("derive.ipynb", "lesson.ipynb", "own_process.ipynb", "sample.ipynb", "train.ipynb");

    @TempDir
    private Path folder;

    /** Installs the kernel; it lives for seconds, too short for optimised code. */
    private Map<String, String> installed() throws IOException {
        assertThat(Main.execute("jupyter", "install", "--prefix", folder.toString()))
                .isEqualTo(Main.DONE);
        Path description = folder.resolve("share/jupyter/kernels/sde/kernel.json");
        String text = Files.readString(description);
        String fast = text.replace("\"-XX:+UseSerialGC\"", "\"-XX:+UseSerialGC\", \"-XX:TieredStopAtLevel=1\"");
        assertThat(fast).isNotEqualTo(text);
        Files.writeString(description, fast);
        return Map.of(
                "JUPYTER_PATH",
                folder.resolve("share").resolve("jupyter").toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString());
    }

    private static Python python(String modules) {
        Optional<Python> python = Python.with(modules);
        Assumptions.assumeTrue(
                python.isPresent(),
                "no Python with the modules " + modules + " (Debian: python3-jupyter-kernel-test,"
                        + " python3-nbclient, python3-ipykernel)");
        return python.orElseThrow();
    }

    @Test
    void the_kernel_passes_jupyters_own_test() throws IOException, InterruptedException {
        List<String> said = python("jupyter_kernel_test").run("jupyter_kernel.py", folder, installed());

        assertThat(said.getLast()).isEqualTo("skipped test_clear_output test_execute_stderr");
    }

    @Test
    void every_notebook_of_the_examples_runs_without_an_error() throws IOException, InterruptedException {
        List<String> said = python("nbclient, nbformat")
                .run(
                        "notebooks.py",
                        folder,
                        installed(),
                        Path.of("examples", "notebooks").toAbsolutePath().toString(),
                        folder.toString());

        assertThat(said.stream().map(line -> line.split(" ")[0]))
                .as(String.join("\n", said))
                .containsExactlyElementsOf(NOTEBOOKS);
        assertThat(String.join(" ", said)).contains("text/latex", "text/html", "image/svg+xml", "image/gif");
    }

    @Test
    void a_file_that_is_no_connection_file_is_a_mistake_of_use() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"ip\": \"127.0.0.1\"}");

        assertThat(Main.execute("jupyter", file.toString())).isEqualTo(Main.USAGE);
        assertThat(Main.execute("jupyter", folder.resolve("missing.json").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(Main.execute("jupyter")).isEqualTo(Main.USAGE);
    }

    private Path connection(int port, String scheme) throws IOException {
        String ports = Stream.of("shell", "control", "stdin", "iopub", "hb")
                .map(name -> "\"" + name + "_port\": " + port + ", ")
                .collect(Collectors.joining());
        return Files.writeString(
                folder.resolve("connection.json"),
                "{" + ports + "\"key\": \"1\", \"signature_scheme\": \"" + scheme + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"0, hmac-sha256", "65536, hmac-sha256", "-1, hmac-sha256", "5000, hmac-nothing"})
    void ports_that_are_none_and_unknown_signatures_are_mistakes_of_use(int port, String scheme) throws IOException {
        assertThat(Main.execute("jupyter", connection(port, scheme).toString())).isEqualTo(Main.USAGE);
    }

    @Test
    void a_port_in_use_is_a_mistake_of_use() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path file = connection(taken.getLocalPort(), "hmac-sha256");

            assertThat(Main.execute("jupyter", file.toString())).isEqualTo(Main.USAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--user --sys-prefix", "--prefix", "--nowhere"})
    void an_installation_has_one_place(String options) {
        List<String> line = new ArrayList<>(List.of("jupyter", "install"));
        line.addAll(List.of(options.split(" ")));

        assertThat(Main.execute(line.toArray(String[]::new))).isEqualTo(Main.USAGE);
    }
}
