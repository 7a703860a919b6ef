package org.sdescript.fuzz;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Program;
import org.sdescript.backend.Execution;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * Runs one program to its end on the eager backend: it must give a result or diagnostics with a code. A program that
 * has used ten seconds of processor time is interrupted. It must stop then, and only loops, samplers and trainings may
 * have taken that long.
 */
final class FuzzedRun {
    private static final long MOST_NANOS = 10_000_000_000L;

    /**
     * A long limit, because a busy machine gives a program little processor time; only a program that never stops
     * exceeds it.
     */
    private static final long STOP_MILLIS = 20_000;

    private static final Pattern OPEN_ENDED = Pattern.compile(
            "\\b(?:while|repeat|for|train|sample|simulate|encode|log_likelihood|bits_per_dim|retrained|map|diffused|rk45|rk4|ode)\\b");

    private final String text;
    private final Path folder;
    private final AtomicReference<Session> session = new AtomicReference<>();
    private final AtomicReference<Throwable> end = new AtomicReference<>();

    private boolean late;

    private FuzzedRun(String text, Path folder) {
        this.text = text;
        this.folder = folder;
    }

    /**
     * @param fault a fault of sde, empty if there is none
     * @param done true if the program itself had no error either
     * @param late true if the program was stopped after its ten seconds
     */
    record Outcome(Optional<String> fault, boolean done, boolean late) {}

    static Outcome of(String text, Path folder) {
        FuzzedRun run = new FuzzedRun(text, folder);
        Optional<String> fault = run.run();
        return new Outcome(fault, run.end.get() == null, run.late);
    }

    private Optional<String> run() {
        Thread thread = DeepStack.thread("fuzzed", this::work);
        thread.setDaemon(true);
        thread.start();
        try {
            while (thread.isAlive() && !late) {
                thread.join(20);
                late = ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean times
                        && times.getThreadCpuTime(thread.threadId()) > MOST_NANOS;
            }
            if (!late) {
                return Optional.ofNullable(end.get()).flatMap(FuzzedRun::fault);
            }
            StackTraceElement[] at = thread.getStackTrace();
            Optional.ofNullable(session.get()).ifPresent(opened -> opened.stop().request());
            thread.join(STOP_MILLIS);
            return thread.isAlive()
                    ? Optional.of("does not stop: " + java.util.Arrays.toString(thread.getStackTrace()))
                    : OPEN_ENDED.matcher(text).find()
                            ? Optional.empty()
                            : Optional.of("takes more than 10 s: " + java.util.Arrays.toString(at));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void work() {
        try {
            Source source = new Source(folder.resolve("script.sde").toString(), text);
            Path file = Path.of(source.name());
            Settings settings = Settings.standard().execution(Execution.EAGER).seed(1);
            try (Session opened = new Session(settings, new RecordedConsole(), folder, folder.toAbsolutePath())) {
                session.set(opened);
                Program program = opened.stop().stoppable(() -> Script.PIPELINE.program(source));
                opened.stop()
                        .stoppable(() -> Script.PIPELINE.run(program, file, ScriptParameters.of(Map.of()), opened));
            }
        } catch (Throwable thrown) {
            end.set(thrown);
        }
    }

    private static Optional<String> fault(Throwable thrown) {
        return switch (thrown) {
            case SdeError told ->
                told.diagnostics().stream()
                        .filter(each -> each.code() == null || each.code().equals("E0903"))
                        .findFirst()
                        .map(Diagnostic::toString);
            case Interruption stopped -> Optional.empty();
            default -> {
                java.io.StringWriter trace = new java.io.StringWriter();
                thrown.printStackTrace(new java.io.PrintWriter(trace));
                yield Optional.of(
                        trace.toString().lines().limit(12).collect(java.util.stream.Collectors.joining("\n")));
            }
        };
    }

    /** Deletes the files that programs have written. */
    static void clear(Path folder) throws java.io.IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
