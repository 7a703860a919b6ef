package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project in {@code examples/embedding}, compiled and run against the product without the libraries of the command
 * line.
 */
class EmbeddingExampleTest {
    private static final Path PROJECT = Path.of("examples/embedding");
    private static final Path SCRIPT = PROJECT.resolve("src/main/resources/moons.sde");

    @TempDir
    private Path classes;

    @Test
    void the_example_compiles_and_draws() throws ReflectiveOperationException, IOException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry ->
                        !entry.contains("picocli") && !entry.contains("jline") && !entry.contains("test-classes"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), source());
        assertThat(status).isZero();

        List<String> lines = run(path, SCRIPT.toString(), "5");

        assertThat(lines).hasSize(102);
        assertThat(lines.subList(1, 101)).allMatch(line -> line.matches("-?\\d+\\.\\d{3},-?\\d+\\.\\d{3}"));
        assertThat(lines.getFirst()).startsWith("x(t) | x(0) ~ N(");
        assertThat(lines.getLast()).matches("distance \\d.*");
    }

    private static String source() {
        return PROJECT.resolve("src/main/java/example/Moons.java").toString();
    }

    private List<String> run(String path, String... arguments) throws ReflectiveOperationException, IOException {
        Stream<Path> entries = Stream.concat(
                Stream.of(classes),
                Arrays.stream(path.split(java.io.File.pathSeparator)).map(Path::of));
        URL[] urls = entries.map(EmbeddingExampleTest::url).toArray(URL[]::new);
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("example.Moons").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void its_pom_names_the_version_there_is() throws Exception {
        assertThat(version(PROJECT.resolve("pom.xml"), 1)).isEqualTo(version(Path.of("pom.xml"), 0));
    }

    private static String version(Path pom, int which) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getElementsByTagName("version")
                .item(which)
                .getTextContent();
    }
}
