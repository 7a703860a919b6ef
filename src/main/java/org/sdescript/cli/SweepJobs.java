package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jline.utils.Signals;
import org.sdescript.files.FileFault;

/**
 * Runs of a sweep as processes of their own, several at a time. A run that crashes ends alone. Ctrl-C reaches the
 * processes by the terminal; each saves its work, and no further run begins.
 */
final class SweepJobs {
    private static final String OPTIONS = "SDE_JAVA_OPTIONS";

    private final int threads;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** @param threads the number of threads of the tensor engine of each run */
    SweepJobs(int threads) {
        this.threads = threads;
    }

    /** Lets no further run begin after a signal; SIGTERM is passed on. */
    void stopAtSignals() {
        Signals.register("INT", () -> stopping = true);
        Signals.register("TERM", () -> {
            stopping = true;
            running.forEach(Process::destroy);
        });
    }

    boolean isStopping() {
        return stopping;
    }

    /** Runs sde with these words; its output goes to a file. Returns the exit status. */
    int run(List<String> words, Path log) {
        List<String> command = new ArrayList<>(OwnCommand.words());
        boolean isLauncher = command.size() == 1;
        String option = "-Dsde.threads=" + threads;
        if (!isLauncher) {
            command.add(1, option);
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of(nothing()).toFile()));
        if (isLauncher) {
            builder.environment().merge(OPTIONS, option, (given, own) -> given + " " + own);
        }
        try {
            Process process = builder.start();
            running.add(process);
            int status = process.waitFor();
            running.remove(process);
            return status;
        } catch (IOException failure) {
            throw FileFault.writing(log, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Main.INTERRUPTED;
        }
    }

    private static String nothing() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }
}
