package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.TestClassPath;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The project in {@code examples/embedding}, compiled and run as it stands. */
@Timeout(300)
class EmbeddingExampleTest {
    private static final Path PROJECT = Path.of("examples/embedding");
    private static final Path SCRIPT = PROJECT.resolve("src/main/resources/moons.sde");
    private static final int CLIENTS = 16;

    /** The artifacts that only the command line, the prompt, notebooks, editors and pages use. */
    private static final Set<String> OF_COMMANDS = Set.of(
            "picocli",
            "jline-reader",
            "jline-terminal-jni",
            "jeromq",
            "org.eclipse.lsp4j",
            "commonmark",
            "commonmark-ext-gfm-tables");

    /** The beginnings of the file names of these artifacts and of what they bring along. */
    private static final List<String> JARS_OF_COMMANDS =
            List.of("picocli", "jline", "jeromq", "jnacl", "org.eclipse", "commonmark", "autolink");

    @TempDir
    private static Path folder;

    private static CompiledJava example;

    @BeforeAll
    static void compile() throws IOException {
        example = new CompiledJava(folder.resolve("classes"), sources());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("src/main/java/example"))) {
            return files.toList();
        }
    }

    @AfterAll
    static void close() throws IOException {
        example.close();
    }

    /** A program gets none of the libraries of the command line: it compiles and runs in a JVM that has none. */
    @Test
    void the_example_runs_without_the_libraries_of_the_command_line() throws Exception {
        List<Path> path = TestClassPath.entries().stream()
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry ->
                        JARS_OF_COMMANDS.stream().noneMatch(entry.getFileName().toString()::startsWith))
                .toList();
        Path classes = folder.resolve("alone");
        CompiledJava.compile(classes, sources(), path.stream());
        Path said = folder.resolve("said.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dsde.threads=1",
                        "-cp",
                        TestClassPath.text(Stream.concat(Stream.of(classes), path.stream())),
                        "example.Moons",
                        SCRIPT.toString(),
                        "5")
                .redirectError(folder.resolve("errors.txt").toFile())
                .redirectOutput(said.toFile())
                .start();
        boolean ended = child.waitFor(120, TimeUnit.SECONDS);
        child.destroyForcibly();

        List<String> lines = Files.readAllLines(said);
        assertThat(ended).as("ended: %s", lines).isTrue();
        assertThat(child.exitValue())
                .as(Files.readString(folder.resolve("errors.txt")))
                .isZero();
        assertThat(lines).hasSize(102);
        assertThat(lines.subList(1, 101)).allMatch(line -> line.matches("-?\\d+\\.\\d{3},-?\\d+\\.\\d{3}"));
        assertThat(lines.getFirst()).startsWith("x(t) | x(0) ~ N(");
        assertThat(lines.getLast()).matches("distance \\d.*");
    }

    /** A dependency on sde brings an artifact only if the pom does not call it optional. */
    @Test
    void the_libraries_of_the_command_line_are_optional_dependencies() throws Exception {
        Set<String> optional = new HashSet<>();
        NodeList dependencies = pom(Path.of("pom.xml")).getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element each = (Element) dependencies.item(i);
            NodeList marks = each.getElementsByTagName("optional");
            if (marks.getLength() > 0 && marks.item(0).getTextContent().equals("true")) {
                optional.add(each.getElementsByTagName("artifactId").item(0).getTextContent());
            }
        }
        assertThat(optional).isEqualTo(OF_COMMANDS);
    }

    @Test
    void the_service_answers_many_clients_at_once() throws Exception {
        try (Service service = new Service(Sde.load(SCRIPT).with("steps", 2).threads(1))) {
            service.trained();
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 2 * CLIENTS)
                    .mapToObj(i -> service.asked("/samples?n=10"))
                    .toList();
            Set<String> drawn = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                double[][] rows = new ObjectMapper().readValue(answer.get().body(), double[][].class);
                assertThat(rows).hasDimensions(10, 2);
                drawn.add(answer.get().body());
            }
            assertThat(drawn).as("each request draws anew").hasSize(2 * CLIENTS);
            assertThat(service.got("/samples?n=3&seed=7")).isEqualTo(service.got("/samples?n=3&seed=7"));
        }
    }

    /** A wrong script is refused with its place, the old model serves on, and a stopped training changes nothing. */
    @Test
    void the_service_recovers_from_wrong_scripts_and_stopped_trainings() throws Exception {
        try (Service service = new Service(Sde.of("fn draw(n; seed = 0) = ones([n, 1])"))) {
            service.trained();
            assertThat(service.put("fn draw(n; seed = 0) = onez([n, 1])"))
                    .startsWith("400 script.sde:1:24: unknown name `onez` [E0301]");
            assertThat(service.put("fn draw(n = ")).startsWith("400 ");
            assertThat(service.got("/samples?n=many")).startsWith("400 n and seed");
            assertThat(service.got("/samples?n=0")).startsWith("400 n is 1");
            assertThat(service.got("/samples?n=2")).isEqualTo("200 [[1.0], [1.0]]");

            assertThat(service.put("while true { x = 1 }")).startsWith("200 ");
            CompletableFuture<SdeRun> endless = service.training();
            assertThat(service.got("/samples?n=1")).isEqualTo("200 [[1.0]]");
            service.delete();
            assertThat(endless).isCancelled();
            assertThat(service.got("/training")).isEqualTo("200 cancelled");

            assertThat(service.put("x = [1][2]")).startsWith("200 ");
            assertThat(service.told("200 failed: ")).contains("script.sde:1:");
            assertThat(service.put("fn drew(n) = ones([n, 1])")).startsWith("200 ");
            assertThat(service.told("200 failed: unknown name `draw` [E0301]")).isNotNull();
            service.put("fn draw(n; seed = 0) = zeros([n, 1])");
            service.trained();
            assertThat(service.got("/samples?n=1")).isEqualTo("200 [[0.0]]");
        }
    }

    /** The server of the example, reached as a client reaches it. */
    private static final class Service implements AutoCloseable {
        private final Object server;
        private final int port;
        private final HttpClient client = HttpClient.newHttpClient();

        Service(Sde script) throws Exception {
            server = example.load("example.SampleServer")
                    .getConstructor(Sde.class, int.class, Duration.class)
                    .newInstance(script, 0, Duration.ofMinutes(5));
            port = (int) server.getClass().getMethod("port").invoke(server);
        }

        @SuppressWarnings("unchecked")
        CompletableFuture<SdeRun> training() throws ReflectiveOperationException {
            return (CompletableFuture<SdeRun>)
                    server.getClass().getMethod("training").invoke(server);
        }

        void trained() throws Exception {
            assertThat(told("200 done")).isNotNull();
        }

        /** Asks for the state of the training until the answer begins with some text; the class limits the time. */
        String told(String beginning) throws Exception {
            String answer = got("/training");
            while (!answer.startsWith(beginning)) {
                Thread.sleep(5);
                answer = got("/training");
            }
            return answer;
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        }

        CompletableFuture<HttpResponse<String>> asked(String path) {
            return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }

        String got(String path) throws Exception {
            return sent(request(path));
        }

        String put(String script) throws Exception {
            return sent(request("/training").PUT(HttpRequest.BodyPublishers.ofString(script)));
        }

        void delete() throws Exception {
            sent(request("/training").DELETE());
        }

        private String sent(HttpRequest.Builder request) throws Exception {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }

        @Override
        public void close() throws ReflectiveOperationException {
            server.getClass().getMethod("close").invoke(server);
            client.close();
        }
    }

    @Test
    void its_pom_names_the_version_there_is() throws Exception {
        assertThat(version(PROJECT.resolve("pom.xml"), 1)).isEqualTo(version(Path.of("pom.xml"), 0));
    }

    private static String version(Path pom, int which) throws Exception {
        return pom(pom).getElementsByTagName("version").item(which).getTextContent();
    }

    private static org.w3c.dom.Document pom(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
