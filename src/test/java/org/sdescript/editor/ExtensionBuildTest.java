package org.sdescript.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The extension for VS Code is built by Node from its locked packages, which npm fetches: only where a variable asks for it. */
class ExtensionBuildTest {
    private static final String ASKED = "SDE_NPM";
    private static final int OLDEST_NODE = 18;
    private static final Path EXTENSION = Path.of("editors", "vscode");
    private static final Path MANIFEST = EXTENSION.resolve("package.json");

    private static final boolean IS_WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    @Test
    void the_extension_passes_its_tests_and_is_packed_with_what_it_needs_only() throws Exception {
        assumeTrue(
                "true".equals(System.getenv(ASKED)),
                "npm would fetch packages from the network; " + ASKED + "=true allows it");
        assumeTrue(node() >= OLDEST_NODE, "there is no Node " + OLDEST_NODE + " or newer on the PATH");
        assumeTrue(isInstalled("npm"), "there is no npm on the PATH");
        String version =
                new ObjectMapper().readTree(MANIFEST.toFile()).get("version").asText();
        Path file = EXTENSION.resolve("sde-" + version + ".vsix");
        Files.deleteIfExists(file);

        npm("ci");
        assertThat(npm("test")).contains("fail 0");
        npm("run", "package");

        try (ZipFile packed = new ZipFile(file.toFile())) {
            assertThat(packed.stream().map(ZipEntry::getName))
                    .contains("extension/package.json", "extension/dist/extension.js", "extension/dist/THIRD-PARTY.txt")
                    .contains("extension/syntaxes/sde.tmLanguage.json", "extension/snippets/sde.json")
                    .contains("extension/media/derivation.js", "extension/media/derivation.css")
                    .noneMatch(
                            name -> name.contains("node_modules") || name.contains("/src/") || name.contains("/test/"));
        }
    }

    private static String npm(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program("npm")));
        line.addAll(List.of(arguments));
        Process process = start(line);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", line, output).isZero();
        return output;
    }

    /** The version of Node; 0 if there is none. */
    private static int node() {
        try {
            String version = new String(
                    start(List.of("node", "--version")).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(version.strip().replaceAll("^v(\\d+)\\..*", "$1"));
        } catch (IOException missing) {
            return 0;
        }
    }

    private static boolean isInstalled(String name) throws InterruptedException {
        try {
            Process process = start(List.of(program(name), "--version"));
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** npm is a batch file on Windows. */
    private static String program(String name) {
        return IS_WINDOWS ? name + ".cmd" : name;
    }

    private static Process start(List<String> line) throws IOException {
        return new ProcessBuilder(line)
                .directory(EXTENSION.toFile())
                .redirectErrorStream(true)
                .start();
    }
}
