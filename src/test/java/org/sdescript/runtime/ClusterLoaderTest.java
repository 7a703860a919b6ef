package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.TestClassPath;
import org.sdescript.diagnostic.SdeError;

class ClusterLoaderTest {
    private static final Pattern SHARED = Pattern.compile("slf4j|jackson-(core|databind|annotations)");

    @TempDir
    Path folder;

    @Test
    void spark_on_the_class_path_is_used() {
        try (Cluster cluster = ClusterLoader.open(local(), Console.SILENT)) {
            assertThat(cluster.getClass().getClassLoader()).isSameAs(ClusterLoader.class.getClassLoader());
            assertThat(cluster.ping(5)).isEqualTo(5);
            assertThat(cluster.master()).isEqualTo("local[2]");
        }
    }

    /** In a process, whose class path has no Spark: only a few libraries that Spark shares with sde. */
    @Test
    void spark_beside_the_jar_is_loaded_by_a_loader_of_its_own() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("lib-cluster"));
        List<Path> application = new ArrayList<>();
        List<Path> links = new ArrayList<>();
        for (Path entry :
                TestClassPath.entries().stream().map(Path::toAbsolutePath).toList()) {
            if (Files.isDirectory(entry)
                    || SHARED.matcher(entry.getFileName().toString()).lookingAt()) {
                application.add(entry);
            } else {
                links.add(Files.createSymbolicLink(jars.resolve(entry.getFileName()), entry));
            }
        }
        Path place = Files.createSymbolicLink(
                folder.resolve("classes"), Path.of("target", "classes").toAbsolutePath());
        links.add(place);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestClassPath.text(application.stream()),
                        Program.class.getName(),
                        place.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).as(Files.readString(folder.resolve("errors"))).isEqualTo("SparkLoader 5\n");
        for (Path link : links) {
            Files.delete(link);
        }
    }

    /** Takes the place of sde's classes. Prints the class of the loader that loaded the cluster, and how many tasks ran. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (Cluster cluster = ClusterLoader.open(
                    local(), Console.SILENT, Program.class.getClassLoader(), Path.of(arguments[0]))) {
                ClassLoader loader = cluster.getClass().getClassLoader();
                System.out.print(loader.getClass().getSimpleName() + " " + cluster.ping(5) + "\n");
            }
        }
    }

    @Test
    void without_spark_the_error_says_what_to_install() throws IOException {
        try (URLClassLoader application = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(
                            () -> ClusterLoader.open(local(), Console.SILENT, application, folder.resolve("sde.jar")))
                    .isInstanceOfSatisfying(SdeError.class, error -> {
                        assertThat(error.diagnostics().getFirst().code()).isEqualTo("E0941");
                        assertThat(error.diagnostics().getFirst().help().orElseThrow())
                                .contains("mvn -Pcluster package");
                    });
        }
    }

    @Test
    void a_master_that_nobody_runs_is_an_error_at_once() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(refusal("spark://127.0.0.1:" + free)).isEqualTo("E0942");
    }

    @Test
    void a_cluster_that_needs_a_distribution_of_spark_is_refused_with_that_help() {
        assertThatThrownBy(() -> ClusterLoader.open(new ClusterSettings("yarn", Map.of()), Console.SILENT))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().help().orElseThrow())
                        .contains("spark-submit"));
    }

    @Test
    void what_is_no_address_of_a_master_is_refused() {
        for (String wrong :
                List.of("localhost", "local[]", "local[x]", "spark://", "spark://host", "http://a:1", " ")) {
            assertThatThrownBy(() -> ClusterSettings.NONE.master(wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                    error.diagnostics().getFirst().code())
                            .isEqualTo("E0940"));
        }
        for (String right : List.of(
                "",
                "local",
                "local[4]",
                "local[*]",
                "local[4,2]",
                "spark://h:7077",
                "spark://a:1,b:2",
                "yarn",
                "k8s://x")) {
            assertThat(ClusterSettings.NONE.master(right).master()).isEqualTo(right);
        }
    }

    private static String refusal(String master) {
        try {
            ClusterLoader.open(new ClusterSettings(master, Map.of()), Console.SILENT)
                    .close();
            return "";
        } catch (SdeError error) {
            return error.diagnostics().getFirst().code();
        }
    }

    private static ClusterSettings local() {
        return new ClusterSettings("local[2]", Map.of());
    }
}
