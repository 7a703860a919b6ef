package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.files.FileJson;

class JupyterFoldersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Linux, '', '', .local/share/jupyter",
        "Linux, XDG_DATA_HOME, data, data/jupyter",
        "Linux, JUPYTER_DATA_DIR, own, own",
        "Mac OS X, '', '', Library/Jupyter",
        "Windows 11, APPDATA, roaming, roaming/jupyter"
    })
    void the_folder_of_the_user_is_that_of_jupyter(String system, String variable, String value, String expected) {
        Map<String, String> environment = variable.isEmpty()
                ? Map.of()
                : Map.of(variable, folder.resolve(value).toString());

        assertThat(new JupyterFolders(environment, folder, system).ofUser()).isEqualTo(folder.resolve(expected));
    }

    @Test
    void the_active_environment_comes_before_the_path() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("env").resolve("bin"));
        Files.createFile(bin.resolve("python3")).toFile().setExecutable(true);
        String path = folder.resolve("empty") + File.pathSeparator + bin;

        assertThat(folders(Map.of("PATH", path, "VIRTUAL_ENV", "/venv")).pythonPrefix())
                .contains(Path.of("/venv"));
        assertThat(folders(Map.of("PATH", path, "CONDA_PREFIX", "/conda")).pythonPrefix())
                .contains(Path.of("/conda"));
        assertThat(folders(Map.of("PATH", path)).pythonPrefix()).contains(folder.resolve("env"));
        assertThat(folders(Map.of("PATH", "")).pythonPrefix()).isEmpty();
    }

    private JupyterFolders folders(Map<String, String> environment) {
        return new JupyterFolders(environment, folder, "Linux");
    }

    @Test
    void the_kernel_is_described_where_jupyter_looks() throws IOException {
        Path written = new KernelSpec(List.of("/opt/s de/bin/sde")).install(JupyterFolders.below(folder));
        JsonNode spec = FileJson.read(Files.readAllBytes(written.resolve("kernel.json")));

        assertThat(written).isEqualTo(folder.resolve("share/jupyter/kernels/sde"));
        assertThat(spec.path("argv").toString()).isEqualTo("[\"/opt/s de/bin/sde\",\"jupyter\",\"{connection_file}\"]");
        assertThat(spec.path("interrupt_mode").asText()).isEqualTo("message");
        assertThat(spec.path("language").asText()).isEqualTo("sde");
        assertThat(written.resolve("logo-64x64.png")).isNotEmptyFile();
    }
}
