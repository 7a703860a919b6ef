package org.sdescript.mutate.stdlib;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.mutate.Wilson;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Samples mutants of {@code stdlib/} and runs, for each, the tests that evaluate the changed place until one fails. A
 * test that takes five times its time plus 15 s of the processor's time kills the mutant too, as does the end of the
 * JVM. {@code mvn -Pmutate test -Dmutate.main=org.sdescript.mutate.stdlib.LibraryMutation}
 */
@Command(
        name = "mutate",
        description = "Measures how many mutants of stdlib/*.sde the tests kill.",
        sortOptions = false)
public final class LibraryMutation implements Runnable {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int MUTANTS_PER_JVM = 100;

    @Option(
            names = "--seed",
            defaultValue = "${sys:mutate.seed:-1}",
            description = "Which mutants are drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--number",
            defaultValue = "${sys:mutate.number:-300}",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int number;

    @Option(names = "--root", defaultValue = ".", description = "The folder of the project that is measured.")
    private Path root;

    @Option(
            names = "--tests",
            defaultValue = "pipeline|learn|runtime|process|script|api|cli",
            description = "The packages of the tests, a regular expression (default: ${DEFAULT-VALUE}).")
    private String packages;

    @Option(
            names = "--without",
            defaultValue =
                    "PieceLengthTest|DocumentationTest|CheckedScriptsTest|OddArgumentsTest|GeneratedTransitionsTest"
                            + "|OutOfMemoryTest|StoppingTest|EmbeddingExampleTest|SdeTest|\\w*Commands?Test|Damaged\\w+"
                            + "|DoctorChecksTest|DiagnosticsAsJsonTest|ErrorPagesTest|FileErrorTest|FullDiskTest|StopSignalsTest|KilledTest"
                            + "|LauncherTest|RunTest|StreamsTest|TourTest|WritingTest",
            description =
                    "Test classes that are left out, a regular expression: those that start JVMs, take longer than 20 s, or"
                            + " look at the library's text and not at its effect.")
    private String without;

    @Option(names = "--longest", defaultValue = "5000", description = "Tests that take more milliseconds are left out.")
    private long longest;

    @Option(
            names = "--signatures",
            defaultValue = "ReferenceTest",
            description = "Test classes that look at the defaults of parameters, a regular expression.")
    private String signatures;

    @Option(names = "--only", description = "Judges only the mutants of these numbers of the sample.", split = ",")
    private List<Integer> only;

    @Option(
            names = "--reuse",
            description = "Takes from the last run which test evaluates what; library and tests are as then.")
    private boolean reuse;

    @Option(names = "--list", description = "Lists the sample and runs nothing.")
    private boolean list;

    private Path out;
    private Path tree;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LibraryMutation()).execute(arguments));
    }

    @Override
    public void run() {
        try {
            root = root.toAbsolutePath().normalize();
            out = Files.createDirectories(root.resolve("target/mutate"));
            List<LibraryMutant> sample = sample();
            if (list) {
                return;
            }
            tree = MirroredTree.of(root, out.resolve("tree"));
            Path covered = out.resolve("coverage.tsv");
            if (!reuse) {
                cover(covered);
            }
            judge(sample, Coverage.read(covered, longest, signatures));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<LibraryMutant> sample() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("stdlib"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".sde"))
                    .sorted()
                    .toList()) {
                sources.add(new Source("stdlib/" + file.getFileName(), Files.readString(file)));
            }
        }
        List<Program> programs =
                sources.stream().map(source -> Parser.parse(source).orThrow()).toList();
        LibraryNames names = new LibraryNames(programs);
        Random random = new Random(seed);
        List<LibraryMutant> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(LibraryMutants.of(source, names, random)));
        for (LibraryMutant.Kind kind : LibraryMutant.Kind.values()) {
            System.out.println(
                    all.stream().filter(mutant -> mutant.kind() == kind).count() + " mutants of kind " + kind);
        }
        List<LibraryMutant> sample = drawn(all, random);
        if (list) {
            for (int i = 0; i < sample.size(); i++) {
                System.out.println(line(i, sample.get(i)));
            }
        }
        return sample;
    }

    /** Draws equally many of each kind: there are twice as many names as all else, and a wrong name is soon detected. */
    private List<LibraryMutant> drawn(List<LibraryMutant> all, Random random) {
        List<Deque<LibraryMutant>> kinds = new ArrayList<>();
        for (LibraryMutant.Kind kind : LibraryMutant.Kind.values()) {
            List<LibraryMutant> shuffled = new ArrayList<>(
                    all.stream().filter(mutant -> mutant.kind() == kind).toList());
            Collections.shuffle(shuffled, random);
            kinds.add(new ArrayDeque<>(shuffled));
        }
        List<LibraryMutant> sample = new ArrayList<>();
        while (sample.size() < number && kinds.stream().anyMatch(left -> !left.isEmpty())) {
            kinds.stream()
                    .filter(left -> !left.isEmpty())
                    .map(Deque::pop)
                    .filter(LibraryMutant::isAnotherProgram)
                    .forEach(sample::add);
        }
        return List.copyOf(sample.subList(0, Math.min(number, sample.size())));
    }

    private static String line(int i, LibraryMutant mutant) {
        return i + "\t" + mutant.kind() + "\t" + mutant.file() + ":" + mutant.line() + "\t" + mutant.description();
    }

    private void cover(Path file) throws IOException, InterruptedException {
        WorkerProcess worker = worker(true);
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            for (String test : testClasses()) {
                long began = System.nanoTime();
                worker.order("cover", test);
                Optional<String> answer = worker.answer(Duration.ofMinutes(5));
                while (answer.isPresent() && !answer.get().equals("done")) {
                    lines.println(answer.get());
                    answer = worker.answer(Duration.ofMinutes(5));
                }
                System.out.printf(
                        "%6d ms %s%s%n",
                        (System.nanoTime() - began) / 1_000_000, test, answer.isEmpty() ? ": no answer" : "");
                if (answer.isEmpty()) {
                    worker.close();
                    worker = worker(true);
                }
            }
        } finally {
            worker.close();
        }
    }

    private List<String> testClasses() throws IOException {
        Path folder = root.resolve("target/test-classes");
        Pattern kept = Pattern.compile("org\\.sdescript\\.(" + packages + ")(\\.\\w+)*\\.\\w+Test");
        Pattern left = Pattern.compile(".*\\.(" + without + ")");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - 6)
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .filter(name ->
                            kept.matcher(name).matches() && !left.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    private WorkerProcess worker(boolean recorded) throws IOException {
        return new WorkerProcess(
                tree, List.of(root.resolve("target/classes"), root.resolve("target/test-classes")), recorded);
    }

    private void judge(List<LibraryMutant> sample, Coverage coverage) throws IOException, InterruptedException {
        System.out.println(coverage.size() + " tests evaluate something of the library");
        List<String> report = new ArrayList<>();
        Map<LibraryMutant.Kind, int[]> killed = new TreeMap<>();
        Set<String> killers = new TreeSet<>();
        WorkerProcess worker = worker(false);
        try {
            for (int i = 0; i < sample.size(); i++) {
                if (only != null && !only.contains(i)) {
                    continue;
                }
                LibraryMutant mutant = sample.get(i);
                long began = System.nanoTime();
                String verdict = verdict(worker, mutant, coverage);
                boolean died = verdict.startsWith("killed");
                if (died && verdict.contains("\t[")) {
                    killers.add(verdict.split("\t")[1]);
                }
                if (verdict.startsWith("killed\tno answer") || i % MUTANTS_PER_JVM == MUTANTS_PER_JVM - 1) {
                    worker.close();
                    worker = worker(false);
                }
                int[] count = killed.computeIfAbsent(mutant.kind(), any -> new int[2]);
                count[0] += died ? 1 : 0;
                count[1]++;
                String told = line(i, mutant) + "\t" + (System.nanoTime() - began) / 1_000_000 + " ms\t" + verdict;
                report.add(told);
                System.out.println(told);
                Files.write(out.resolve("report.tsv"), report);
            }
            confirm(worker, coverage, killers);
        } finally {
            worker.close();
        }
        killed.forEach((kind, count) -> System.out.println(kind + ": " + new Wilson(count[0], count[1])));
        int all = killed.values().stream().mapToInt(count -> count[1]).sum();
        int dead = killed.values().stream().mapToInt(count -> count[0]).sum();
        System.out.println("killed: " + new Wilson(dead, all));
    }

    /** The tests that have killed a mutant pass on the library as it is: else the figure is worth nothing. */
    private void confirm(WorkerProcess worker, Coverage coverage, Set<String> killers)
            throws IOException, InterruptedException {
        String file = "stdlib/weights.sde";
        String verdict = verdict(worker, file, Files.readString(root.resolve(file)), List.copyOf(killers), coverage);
        System.out.println("the library as it is, by the " + killers.size() + " tests that killed: " + verdict);
    }

    private String verdict(WorkerProcess worker, LibraryMutant mutant, Coverage coverage)
            throws IOException, InterruptedException {
        List<String> tests = coverage.of(mutant).stream().map(Coverage.Test::id).toList();
        return tests.isEmpty()
                ? "survived\tno test evaluates it"
                : verdict(worker, mutant.file(), mutant.mutated(), tests, coverage);
    }

    private String verdict(WorkerProcess worker, String file, String mutated, List<String> tests, Coverage coverage)
            throws IOException, InterruptedException {
        Path text = Files.writeString(out.resolve("mutant.sde"), mutated);
        Path ids = Files.write(out.resolve("tests.txt"), tests);
        worker.order("judge", file, text.toString(), ids.toString());
        String verdict = "";
        String test = "";
        Duration limit = GRACE.multipliedBy(2);
        while (true) {
            Optional<String> answer = worker.answer(limit);
            if (answer.isEmpty()) {
                return "killed\tno answer in " + test;
            }
            if (answer.get().equals("done")) {
                return verdict + (verdict.equals("survived") ? "\t" + tests.size() + " tests" : "");
            }
            if (answer.get().startsWith("begins\t")) {
                test = answer.get().substring(7);
                limit = GRACE.plusMillis(5 * coverage.milliseconds(test));
            } else {
                verdict = answer.get();
            }
        }
    }
}
