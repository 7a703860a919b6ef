package org.sdescript.mutate.stdlib;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The JVM in which tests run, driven line by line from its standard input: {@code cover CLASS}, or {@code judge FILE TEXT TESTS}
 * with a file of the library, the path of its new text, and the path of a list of tests. Answers begin with {@link #MARK}.
 */
public final class Worker {
    static final String MARK = "@@ ";

    private static final PrintStream ANSWERS = System.out;

    private final Path testClasses;
    private final ProductClasses product;

    private Worker(Path classes, Path testClasses, boolean recorded) throws IOException {
        this.testClasses = testClasses;
        this.product = new ProductClasses(classes, Worker.class.getClassLoader(), recorded);
    }

    public static void main(String[] arguments) throws IOException {
        System.setOut(System.err);
        Worker worker = new Worker(Path.of(arguments[0]), Path.of(arguments[1]), Boolean.parseBoolean(arguments[2]));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split("\t");
            if (words[0].equals("cover")) {
                worker.cover(words[1]);
            } else {
                worker.judge(words[1], Path.of(words[2]), Files.readAllLines(Path.of(words[3])));
            }
            answer("done");
        }
        System.exit(0);
    }

    private static void answer(String line) {
        synchronized (ANSWERS) {
            ANSWERS.println(MARK + line.replace('\n', ' ').replace('\r', ' '));
            ANSWERS.flush();
        }
    }

    private void cover(String testClass) throws IOException {
        Visits.since();
        try (TestClasses tests = new TestClasses(testClasses, product)) {
            run(tests, List.of(DiscoverySelectors.selectClass(testClass)), new Covered());
        }
    }

    /** Runs ever more tests at a time: most mutants fail one of the first, and to start a run takes some milliseconds. */
    private void judge(String file, Path text, List<String> tests) throws IOException {
        String original = Files.readString(Path.of(file));
        String mutated = Files.readString(text);
        Files.writeString(Path.of(file), mutated);
        product.replace(file, mutated);
        Failures failures = new Failures();
        try (TestClasses loaded = new TestClasses(testClasses, product)) {
            int size = 1;
            List<String> left = tests;
            while (!left.isEmpty() && failures.first.isEmpty()) {
                int count = Math.min(size, left.size());
                List<DiscoverySelector> batch = new ArrayList<>();
                left.subList(0, count).forEach(test -> batch.add(DiscoverySelectors.selectUniqueId(test)));
                run(loaded, batch, failures);
                left = left.subList(count, left.size());
                size *= 2;
            }
        } finally {
            Files.writeString(Path.of(file), original);
        }
        answer(failures.first.map(test -> "killed\t" + test).orElse("survived"));
    }

    private static void run(TestClasses tests, List<DiscoverySelector> selectors, TestExecutionListener listener) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(tests);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectors)
                    .filters(EngineFilter.includeEngines("junit-jupiter"))
                    .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled")
                    .build();
            Launcher launcher = LauncherFactory.create();
            launcher.execute(request, listener);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Tells the time of each test and the places that it evaluated, and the same of what its factory or class did outside of
     * tests: each of their tests needs that too. Time is the processor's, whatever else the machine does.
     */
    private static final class Covered implements TestExecutionListener {
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private long began = SYSTEM.getProcessCpuTime();

        @Override
        public void executionStarted(TestIdentifier test) {
            outside(test.getParentId().orElse(""));
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                answer("test\t" + test.getUniqueId() + "\t" + result.getStatus() + "\t" + since() + "\t" + why);
            } else {
                outside(test.getUniqueId());
            }
        }

        private void outside(String container) {
            answer("outside\t" + container + "\t\t" + since());
        }

        /** Milliseconds and places since this was last asked. */
        private String since() {
            long now = SYSTEM.getProcessCpuTime();
            long milliseconds = (now - began) / 1_000_000;
            began = now;
            return milliseconds + "\t" + String.join(",", Visits.since());
        }
    }

    private static final class Failures implements TestExecutionListener {
        private Optional<String> first = Optional.empty();

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                answer("begins\t" + test.getUniqueId());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && first.isEmpty()) {
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                first = Optional.of(test.getUniqueId() + "\t" + why.substring(0, Math.min(300, why.length())));
            }
        }
    }
}
