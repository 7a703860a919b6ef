package org.sdescript.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;
import org.sdescript.serve.ChromiumDriver;

/**
 * The page of docs/export.md in Chromium, with onnxruntime-web of npm. Skipped where Chromium is missing, and where the
 * package is not in {@code target/npm} and npm may not, or cannot, fetch it.
 */
@Timeout(600)
class ExportInBrowserTest {
    private static final String ASKED = "SDE_NPM";
    private static final String PACKAGE = "onnxruntime-web";
    private static final String VERSION = "1.30.0";
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "mjs", "text/javascript", "wasm", "application/wasm");

    private static final Path NPM = Path.of("target", "npm").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void the_page_samples_and_a_step_gives_the_numbers_of_sde() throws Exception {
        assumeTrue(ChromiumDriver.isInstalled(), "chromium and chromedriver are not installed");
        Path modules = modules();
        Script.run("""
                p = VP()
                m = train(mlp(hidden = 16, depth = 2), moons(64), p, steps = 20, batch = 16)
                export(m, "step.onnx", step = ode_heun)
                next, mean = ode_heun(p, m, tensor([[0.5, -1], [2, 0.25]]), 0.5, -0.1)
                save(next, "next.csv")
                """, folder);
        Files.writeString(folder.resolve("index.html"), ExportPageTest.block("html"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> send(folder, exchange));
        server.createContext("/node_modules/", exchange -> send(modules.getParent(), exchange));
        server.start();
        try (ChromiumDriver browser = new ChromiumDriver()) {
            browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/index.html");
            browser.await("document.title === '1000 samples'");
            JsonNode next = browser.script("""
                    (async () => {
                      const ort = await import("/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs");
                      const step = await ort.InferenceSession.create("./step.onnx");
                      const number = value => new ort.Tensor("float64", [value], []);
                      const x = new ort.Tensor("float32", [0.5, -1, 2, 0.25], [2, 2]);
                      return Array.from((await step.run({x, t: number(0.5), dt: number(-0.1)})).next.data);
                    })()""");
            String[] expected =
                    Files.readString(folder.resolve("next.csv")).strip().split("[,\\s]+");
            assertThat(next).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(next.get(i).asDouble()).isCloseTo(Double.parseDouble(expected[i]), within(1e-5));
            }
        } finally {
            server.stop(0);
        }
    }

    /** Sends a file; browsers run a module only if its type says so. */
    private static void send(Path root, HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        Path file = root.resolve(name);
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        try (exchange) {
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    /** Returns the folder of packages; npm fills it once, below the build folder. */
    private static Path modules() throws IOException, InterruptedException {
        Path modules = NPM.resolve("node_modules");
        if (!Files.exists(modules.resolve(PACKAGE))) {
            assumeTrue(
                    "true".equals(System.getenv(ASKED)),
                    PACKAGE + " is not in target/npm; " + ASKED + "=true lets npm fetch it");
            Files.createDirectories(NPM);
            String output = npm();
            assumeTrue(Files.exists(modules.resolve(PACKAGE)), "npm could not fetch " + PACKAGE + ": " + output);
        }
        return modules;
    }

    private static String npm() throws InterruptedException {
        try {
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            NPM.toString(),
                            PACKAGE + "@" + VERSION)
                    .directory(NPM.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            npm.waitFor();
            return output.strip();
        } catch (IOException absent) {
            return "there is no npm on the PATH";
        }
    }
}
