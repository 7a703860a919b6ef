package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jline.utils.Signals;
import org.sdescript.files.FileFault;

/**
 * Runs of a sweep as processes of their own, several at a time. A run that crashes ends alone. After a signal no further
 * run begins, and the processes are asked to stop by SIGTERM, after which each saves its work. Other signals they leave
 * to the sweep ({@link StopSignals}), because a terminal sends Ctrl-C to all processes, a program only to the sweep.
 * Windows knows no such request: there only the terminal reaches the processes.
 */
final class SweepJobs {
    private static final String OPTIONS = "SDE_JAVA_OPTIONS";
    private static final String JOB = "sde.job";
    private static final Map<String, Integer> STATUSES =
            Map.of("INT", Main.INTERRUPTED, "TERM", Main.TERMINATED, "HUP", Main.HUNG_UP);

    private static final boolean CAN_ASK = ProcessHandle.current().supportsNormalTermination();

    private final int threads;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile int status = Main.DONE;

    /** @param threads the number of threads of the tensor engine of each run */
    SweepJobs(int threads) {
        this.threads = threads;
    }

    /** True in a process that a sweep can ask to stop; no longer if the sweep was killed. */
    static boolean isJob() {
        String sweep = System.getProperty(JOB, "");
        return !sweep.isEmpty() && ProcessHandle.of(Long.parseLong(sweep)).isPresent();
    }

    /** Does the work of a sweep. A signal stops its runs; Ctrl-C after that kills them. */
    void during(Runnable work) {
        Map<String, Object> before = new HashMap<>();
        STATUSES.forEach((signal, code) -> before.put(signal, Signals.register(signal, () -> stop(code))));
        try {
            work.run();
        } finally {
            before.forEach(Signals::unregister);
        }
    }

    private void stop(int code) {
        boolean again = status != Main.DONE && code == Main.INTERRUPTED;
        status = code;
        if (CAN_ASK) {
            running.forEach(again ? Process::destroyForcibly : Process::destroy);
        }
    }

    /** Returns the exit status for the signal that stopped the runs, else {@link Main#DONE}. */
    int status() {
        return status;
    }

    /** Runs sde with these words; its output goes to a file. Returns the exit status. */
    int run(List<String> words, Path log) {
        List<String> command = new ArrayList<>(OwnCommand.words());
        boolean isLauncher = command.size() == 1;
        List<String> options = List.of(
                "-Dsde.threads=" + threads,
                "-D" + JOB + "=" + (CAN_ASK ? ProcessHandle.current().pid() : ""));
        if (!isLauncher) {
            command.addAll(1, options);
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of(nothing()).toFile()));
        if (isLauncher) {
            builder.environment().merge(OPTIONS, String.join(" ", options), (given, own) -> given + " " + own);
        }
        try {
            Process process = builder.start();
            running.add(process);
            if (status != Main.DONE && CAN_ASK) {
                process.destroy(); // the signal came between the question and the start
            }
            int ended = process.waitFor();
            running.remove(process);
            return ended;
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
