package org.sdescript.mutate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The process that runs all tests once with the probed classes: arguments are the file to write and one with the tests' classes. */
public final class CoverageRun implements TestExecutionListener {
    private final Writer out;
    private long start;

    private CoverageRun(Writer out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> classes = Files.readAllLines(Path.of(arguments[1]));
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[0]))) {
            for (String name : classes) {
                LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(name))
                        .build();
                LauncherFactory.create().execute(request, new CoverageRun(out));
                out.flush();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        start = System.nanoTime();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            System.out.println("fails without a mutant: " + test.getUniqueId());
        }
        if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            String hits = Hits.take().stream().mapToObj(Integer::toString).collect(Collectors.joining(" "));
            long micros = (System.nanoTime() - start) / 1000;
            try {
                out.write(micros + "\t" + hits + "\t" + test.getUniqueId().replace("\n", " ") + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
