package org.sdescript.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How many of a sample of PIT's mutants the tests notice: {@code mvn -Pmutate test}. PIT makes the mutants; each is judged in a
 * process of its own, that sees the changed class first and runs the tests which come by the changed line, until one fails. (PIT's own
 * runner executes whole classes of tests to find the single ones, in each of its processes, which takes minutes here.)
 *
 * <p>System properties: {@code mutate.number}, {@code mutate.seed}, {@code mutate.packages} (behind org.sdescript),
 * {@code mutate.seconds} (the most time of tests for one mutant), {@code mutate.folder} (where the results lie; a run goes on where
 * the last one ended), {@code mutate.again=survived} (judge these anew), {@code mutate.also} (classes of tests that judge each mutant at the end).
 */
public final class MutationScore {
    private static final String PACKAGES = "process,graph,learn,algebra,algebra.rule,torchscript,backend";
    /** Tests that start processes, wait for signals, or look at the sources. */
    private static final String LEFT_OUT = ".*\\.(fuzz\\..*|ArchitectureTest|PieceLengthTest|DamagedModulesTest|FullDiskTest|InterruptsTest"
            + "|KilledTest|LauncherTest|MutationTest|StreamsTest|TourTest|WritingTest)";

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

    private final List<String> also =
            Stream.of(System.getProperty("mutate.also", "").split(",")).filter(name -> !name.isEmpty()).toList();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new MutationScore().run(Integer.getInteger("mutate.number", 500), Long.getLong("mutate.seed", 16));
    }

    private void run(int number, long seed) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Mutants source = new Mutants(classes);
        List<Mutant> sample = source.sample(packages, number, seed);
        TestOrder order = new TestOrder(coverage(sample, source), seconds);
        List<String> numbers = Files.readAllLines(folder.resolve("sample.txt"));
        Map<String, String> known = known();
        List<String> results = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            Mutant mutant = sample.get(i);
            String result = known.get(mutant.name());
            if (result == null) {
                result = judge(mutant, source, order.tests(numbers.indexOf(mutant.name()), mutant));
                note(mutant, result);
            }
            results.add(result);
        }
        summarise(results);
    }

    private void summarise(List<String> results) {
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
            child(probed, CoverageRun.class, List.of(begun.toString(), list.toString()), 7200);
            Files.move(
                    folder.resolve("output.txt"),
                    folder.resolve("coverage.txt"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.move(begun, out, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
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

    private String judge(Mutant mutant, Mutants source, List<TestRun> tests) throws IOException, InterruptedException {
        if (tests.isEmpty() && also.isEmpty()) {
            return "not reached";
        }
        Path changed = folder.resolve("changed");
        Path list = folder.resolve("tests.txt");
        Path verdict = folder.resolve("verdict.txt");
        Files.deleteIfExists(verdict);
        source.write(mutant, changed);
        List<String> lines = new ArrayList<>(TestOrder.lines(tests));
        also.forEach(name -> lines.addAll(List.of("[engine:junit-jupiter]/[class:" + name + "]", "")));
        Files.write(list, lines);
        boolean ended = child(
                changed,
                Judge.class,
                List.of(verdict.toString(), list.toString()),
                Math.round(60 + 60.0 * also.size() + 5 * TestOrder.seconds(tests)));
        Files.delete(changed.resolve(mutant.className().replace('.', '/') + ".class"));
        if (!ended) {
            return "timed out";
        }
        return Files.exists(verdict) ? Files.readString(verdict) : "killed\tthe process died";
    }

    /** Runs a class with a folder in front of the class path; false if it does not end in time. */
    private boolean child(Path front, Class<?> main, List<String> arguments, long limit)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        Stream.of(JVM.split(" ")).forEach(command::add);
        command.addAll(List.of(
                "-Dsde.threads=1", "-cp", front + java.io.File.pathSeparator + System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
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

    private void note(Mutant mutant, String result) throws IOException {
        String line =
                mutant.name() + "\t" + java.time.LocalTime.now() + "\t" + mutant.description() + "\t" + result + "\n";
        Files.writeString(report(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(result.split("\t")[0] + ": " + mutant.description());
    }
}
