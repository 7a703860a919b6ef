package org.sdescript.mutate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how many of a sample of PIT's mutants the tests detect: {@code mvn -Pmutate test}. PIT makes the mutants.
 * Each mutant is judged in a process of its own, which loads the changed class first and runs the tests that reach the
 * changed line, until one fails. (PIT's own runner executes whole classes of tests in each of its processes to find the
 * single tests, which takes minutes.)
 *
 * <p>System properties: {@code mutate.number}, {@code mutate.seed}; {@code mutate.packages}, without org.sdescript;
 * {@code mutate.seconds}, the most time of tests for one mutant; {@code mutate.workers}, the number of processes at a
 * time; {@code mutate.folder}, the folder of the results, from which a later run continues; {@code
 * mutate.again=survived}, the results to judge anew; {@code mutate.also}, classes of tests that are run for each mutant
 * at the end, {@code package} for all of the mutant's package; {@code mutate.names}, a file with names of mutants,
 * which are judged by {@code mutate.also} alone.
 */
public final class MutationScore {
    private static final String PACKAGES =
            "process,process.explain,graph,graph.gradient,graph.pass,learn,algebra,algebra.rule,torchscript,backend";
    /** Tests that start processes, wait for signals, or look at the sources. */
    private static final String LEFT_OUT =
            ".*\\.(fuzz\\..*|ArchitectureTest|PieceLengthTest|DamagedModulesTest|FullDiskTest|StopSignalsTest"
                    + "|KilledTest|LauncherTest|FuzzTest|StreamsTest|TourTest|WritingTest)";

    /** These processes live shortly: the optimising compiler would cost more than it gains. */
    private static final String JVM =
            "-Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -XX:+EnableDynamicAgentLoading"
                    + " -Djava.awt.headless=true";

    private final Path folder =
            Path.of(System.getProperty("mutate.folder", "target/mutants")).toAbsolutePath();
    private final Path classes =
            Path.of(System.getProperty("mutate.classes", "target/classes")).toAbsolutePath();
    private final Path tests =
            Path.of(System.getProperty("mutate.tests", "target/test-classes")).toAbsolutePath();
    private final double seconds = Double.parseDouble(System.getProperty("mutate.seconds", "60"));
    private final List<String> packages = Stream.of(
                    System.getProperty("mutate.packages", PACKAGES).split(","))
            .map(p -> "org.sdescript." + p)
            .toList();

    private final String names = System.getProperty("mutate.names");
    private final List<String> also = Stream.of(
                    System.getProperty("mutate.also", "").split(","))
            .filter(name -> !name.isEmpty())
            .toList();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new MutationScore().run(Integer.getInteger("mutate.number", 500), Long.getLong("mutate.seed", 16));
    }

    private void run(int number, long seed) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Mutants source = new Mutants(classes);
        List<Mutant> sample = names == null
                ? source.sample(packages, number, seed)
                : source.named(packages, Files.readAllLines(Path.of(names)));
        TestOrder order = new TestOrder(names == null ? coverage(sample, source) : List.of(), seconds);
        List<String> numbers = names == null
                ? Files.readAllLines(folder.resolve("sample.txt"))
                : sample.stream().map(Mutant::name).toList();
        Map<String, String> known = known();
        Map<String, String> results = new ConcurrentHashMap<>();
        BlockingQueue<Mutant> left = new LinkedBlockingQueue<>();
        for (Mutant mutant : sample) {
            if (known.containsKey(mutant.name())) {
                results.put(mutant.name(), known.get(mutant.name()));
            } else {
                left.add(mutant);
            }
        }
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("mutate.workers", 1); i++) {
            Path place = Files.createDirectories(folder.resolve("worker-" + i));
            workers.add(Thread.ofPlatform().start(() -> {
                for (Mutant mutant = left.poll(); mutant != null; mutant = left.poll()) {
                    String result = judge(mutant, source, order.tests(numbers.indexOf(mutant.name()), mutant), place);
                    note(mutant, result);
                    results.put(mutant.name(), result);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        summarise(results.values());
    }

    private static void summarise(Collection<String> results) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        results.forEach(r -> counts.merge(r.split("\t")[0], 1, Integer::sum));
        int noticed = counts.getOrDefault("killed", 0) + counts.getOrDefault("timed out", 0);
        System.out.println(counts);
        System.out.println("noticed: " + new Wilson(noticed, results.size()));
    }

    private List<TestRun> coverage(List<Mutant> sample, Mutants source) throws IOException, InterruptedException {
        Path names = folder.resolve("sample.txt");
        Path out = folder.resolve("coverage.tsv");
        List<String> lines = sample.stream().map(Mutant::name).toList();
        if (!Files.exists(out)
                || !Files.exists(names)
                || !Files.readAllLines(names).containsAll(lines)) {
            Files.write(names, lines);
            Path probed = folder.resolve("probed");
            new Probes(sample).write(source, probed);
            Path list = folder.resolve("classes.txt");
            Files.write(list, testClasses());
            Path begun = folder.resolve("coverage.begun");
            System.out.println(
                    "running the tests with probes; those that fail are named in " + folder.resolve("coverage.txt"));
            child(
                    probed,
                    CoverageRun.class,
                    List.of(begun.toString(), list.toString()),
                    7200,
                    folder.resolve("coverage.txt"));
            Files.move(begun, out, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<String> runs = Files.lines(out)) {
            return runs.map(TestRun::of).toList();
        }
    }

    private List<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            return files.map(f -> tests.relativize(f).toString())
                    .filter(f -> f.endsWith("Test.class"))
                    .map(f -> f.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .filter(n -> !n.matches(LEFT_OUT))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the classes of {@code mutate.also}; {@code package} stands for those of the mutant's package. */
    private List<String> also(Mutant mutant) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : also) {
            if (name.equals("package")) {
                String start = mutant.packageName() + ".";
                testClasses().stream().filter(each -> each.startsWith(start)).forEach(names::add);
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private String judge(Mutant mutant, Mutants source, List<TestRun> tests, Path place) {
        Path changed = place.resolve("changed");
        Path list = place.resolve("tests.txt");
        Path verdict = place.resolve("verdict.txt");
        List<String> lines = new ArrayList<>(TestOrder.lines(tests));
        try {
            List<String> last = also(mutant);
            if (tests.isEmpty() && last.isEmpty()) {
                return "not reached";
            }
            last.forEach(name -> lines.addAll(List.of("[engine:junit-jupiter]/[class:" + name + "]", "")));
            long limit = Math.round(60 + 60.0 * last.size() + 5 * TestOrder.seconds(tests));
            Files.deleteIfExists(verdict);
            Path file = source.write(mutant, changed);
            Files.write(list, lines);
            List<String> arguments = List.of(verdict.toString(), list.toString());
            boolean ended = child(changed, Judge.class, arguments, limit, place.resolve("output.txt"));
            Files.delete(file);
            if (!ended) {
                return "timed out";
            }
            return Files.exists(verdict) ? Files.readString(verdict) : "killed\tthe process died";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs a class with a folder in front of the class path; false if it does not end in time. */
    private boolean child(Path front, Class<?> main, List<String> arguments, long limit, Path output)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        Stream.of(JVM.split(" ")).forEach(command::add);
        command.addAll(List.of(
                "-Dsde.threads=1", "-cp", front + java.io.File.pathSeparator + System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return ended;
    }

    private Path report() {
        return folder.resolve("report.tsv");
    }

    /** The results of earlier runs, but those that are asked for again; the last one of a mutant counts. */
    private Map<String, String> known() throws IOException {
        Map<String, String> known = new LinkedHashMap<>();
        if (Files.exists(report())) {
            for (String line : Files.readAllLines(report())) {
                String[] parts = line.split("\t", 3);
                known.put(parts[0], parts[2].substring(parts[2].indexOf('\t') + 1));
            }
        }
        String again = System.getProperty("mutate.again", "none");
        known.values().removeIf(result -> List.of(again.split(",")).contains(result.split("\t")[0]));
        return known;
    }

    private synchronized void note(Mutant mutant, String result) {
        String line =
                mutant.name() + "\t" + java.time.LocalTime.now() + "\t" + mutant.description() + "\t" + result + "\n";
        try {
            Files.writeString(report(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        System.out.println(result.split("\t")[0] + ": " + mutant.description());
    }
}
