package org.sdescript.mutate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The process that judges one mutant: the first argument is the file for the verdict, the second one with the identifiers of the
 * tests, an empty line after each group that is to run together.
 */
public final class Judge implements TestExecutionListener {
    private final Path verdict;

    private Judge(Path verdict) {
        this.verdict = verdict;
    }

    public static void main(String[] arguments) throws IOException {
        Judge judge = new Judge(Path.of(arguments[0]));
        List<String> group = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (line.isEmpty()) {
                judge.run(group);
                group.clear();
            } else {
                group.add(line);
            }
        }
        judge.end("survived");
    }

    private void run(List<String> group) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        group.forEach(id -> request.selectors(selectUniqueId(id)));
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, this);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            end("killed\t" + test.getUniqueId().replace("\n", " "));
        }
    }

    private void end(String text) {
        try {
            Files.writeString(verdict, text);
        } catch (IOException failure) {
            System.err.println("the verdict cannot be written: " + failure);
        }
        Runtime.getRuntime().halt(0);
    }
}
