package org.sdescript.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.sdescript.TestClassPath;

/**
 * A standalone cluster of Spark on this machine: a master and workers, each a process, on ports that the system chooses.
 * The executors have the class path of the test. No process outlives {@link #close} or the test's process.
 */
@NullMarked
final class StandaloneCluster implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String WORKER_MEMORY = "1g";

    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    /** Small heaps and the fast compiler: a process starts in a second. */
    private static final List<String> JVM =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private static final String EXECUTOR_JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final Path folder;
    private final List<Path> links = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Thread atExit = new Thread(this::kill);
    private final List<Process> workers = new ArrayList<>();
    private final String master;

    /**
     * Starts a master and workers, and waits until the workers have registered.
     *
     * @param folder a folder for the installation, the logs and the executors' files
     * @param workers the number of workers
     * @param cores the cores of each worker
     */
    StandaloneCluster(Path folder, int workers, int cores) throws IOException, InterruptedException {
        this.folder = folder.toRealPath();
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            install();
            Process first = start("master", List.of("master"), true);
            String[] said = firstLine(first).split(" ", 2);
            this.master = said[0];
            for (int i = 0; i < workers; i++) {
                String name = "worker" + i;
                this.workers.add(start(
                        name,
                        List.of(
                                "worker",
                                master,
                                String.valueOf(cores),
                                this.folder.resolve(name).toString()),
                        false));
            }
            awaitWorkers(URI.create("http://" + HOST + ":" + said[1] + "/json/"), workers);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The address for {@code --cluster}. */
    String master() {
        return master;
    }

    /** Settings for a driver in this test: the executors' class path, which is the test's, and their small heaps. */
    Map<String, String> conf() {
        return Map.of(
                "spark.driver.host",
                HOST,
                "spark.driver.bindAddress",
                HOST,
                "spark.executor.extraClassPath",
                TestClassPath.text(folders()),
                "spark.executor.memory",
                "512m",
                "spark.executor.extraJavaOptions",
                EXECUTOR_JVM);
    }

    /** The process ids of all executors that run now. */
    List<Long> executorPids() {
        return workers.stream()
                .flatMap(worker -> worker.toHandle().descendants())
                .filter(handle -> handle.info().commandLine().orElse("").contains(EXECUTOR)
                        || Stream.of(handle.info().arguments().orElse(new String[0]))
                                .anyMatch(EXECUTOR::equals))
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Everything that master, workers and executors have printed. */
    String logs() {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder logs = new StringBuilder();
            for (Path file : files.filter(each -> each.endsWith("stderr")
                            || each.endsWith("stdout")
                            || each.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                logs.append("== ").append(folder.relativize(file)).append('\n');
                logs.append(Files.readString(file, StandardCharsets.UTF_8)).append('\n');
            }
            return logs.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all processes; the logs stay in the folder. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try {
            // who deletes the folder shall not follow links out of it
            for (Path link : links) {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a worker before its executors, so that it starts no others. */
    private void kill() {
        List<ProcessHandle> all = processes.stream()
                .map(Process::toHandle)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Spark's launcher of executors takes the libraries from {@code SPARK_HOME/jars}. */
    private void install() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("home").resolve("jars"));
        for (Path jar : entries().filter(Files::isRegularFile).toList()) {
            links.add(Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar));
        }
    }

    private static Stream<Path> entries() {
        return TestClassPath.entries().stream().map(Path::toAbsolutePath);
    }

    private static Stream<Path> folders() {
        return entries().filter(Files::isDirectory);
    }

    private Process start(String name, List<String> arguments, boolean isRead) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-cp");
        command.add(TestClassPath.text(Stream.concat(folders(), entries().filter(Files::isRegularFile))));
        command.add(StandaloneNode.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(name + ".err.log").toFile());
        if (!isRead) {
            builder.redirectOutput(folder.resolve(name + ".out.log").toFile());
        }
        environment(builder.environment());
        Process started = builder.start();
        processes.add(started);
        return started;
    }

    /** No variable of the test's own environment changes what Spark does. */
    private void environment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SPARK_HOME", folder.resolve("home").toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", HOST);
        environment.put("SPARK_USER", "sde");
        environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        @Nullable String line = reader.readLine();
        if (line == null) {
            throw new IOException("the master ended at once");
        }
        return line;
    }

    private void awaitWorkers(URI page, int number) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .replace(" ", "")
                    .contains("\"aliveworkers\":" + number)) {
                if (!workers.stream().allMatch(Process::isAlive)) {
                    throw new IOException("a worker ended at once:\n" + logs());
                }
                Thread.sleep(50);
            }
        }
    }
}
