package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.display.MessageJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.ReadingFolder;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.workspace.EntryRunner;
import org.sdescript.workspace.Workspace;

/**
 * A tab of the browser: one session, whose runs follow each other on a thread that owns the session. A run of the whole
 * script begins with fresh names; a run of selected lines continues with the names there are.
 */
final class Tab implements AutoCloseable {
    /** The name of the page's script in errors. */
    static final String SCRIPT = "script";

    private static final long PATIENCE_SECONDS = 10;

    private final Pipeline pipeline;
    private final Settings settings;
    private final Limits limits;
    private final ReadingFolder reading;
    private final OutputFolders folders;
    private final TabFiles files;
    private final Events events = new Events();
    private final PageOutput output = new PageOutput(events, SCRIPT);
    private final ExecutorService runner = Executors.newSingleThreadExecutor(Tab::thread);
    private final Object lock = new Object();
    private @Nullable Run present;
    private @Nullable Workspace workspace;
    private volatile long used = System.nanoTime();

    /** A run that has not ended; the fields change under the tab's lock. */
    private static final class Run {
        private final long start = System.nanoTime();
        private String reason = "";
        private @Nullable Workspace stoppable;
    }

    /**
     * @param pipeline reads imported files only from {@code reading}
     * @param reading the folder that contains all input files
     * @param folders the folder for files of this tab, and those that the user allowed
     */
    Tab(Pipeline pipeline, Settings settings, Limits limits, ReadingFolder reading, OutputFolders folders) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.limits = limits;
        this.reading = reading;
        this.folders = folders;
        this.files = new TabFiles(folders.run());
    }

    private static Thread thread(Runnable work) {
        Thread thread = DeepStack.thread("sde-tab", work);
        thread.setDaemon(true);
        // the thread of a request has another loader, which may not find the tensor library
        thread.setContextClassLoader(Tab.class.getClassLoader());
        return thread;
    }

    Events events() {
        return events;
    }

    TabFiles files() {
        return files;
    }

    void use() {
        used = System.nanoTime();
    }

    boolean isIdle() {
        return !isRunning() && System.nanoTime() - used > limits.idle().toNanos();
    }

    boolean isRunning() {
        synchronized (lock) {
            return present != null;
        }
    }

    /**
     * Starts a run; returns false if another one has not ended.
     *
     * @param parameters the values of the script's parameters that differ from their defaults
     * @param continues true if the run finds the names of the runs before
     */
    boolean run(String text, Map<String, String> parameters, boolean continues) {
        Run run = new Run();
        synchronized (lock) {
            if (present != null || events.isClosed()) {
                return false;
            }
            present = run;
            if (!continues) {
                events.begin();
            }
        }
        runner.execute(() -> perform(run, text, parameters, continues));
        return true;
    }

    private void perform(Run run, String text, Map<String, String> parameters, boolean continues) {
        output.begin();
        events.add("run", MessageJson.object().put("state", "running").put("continues", continues));
        try {
            Workspace session = session(parameters, continues);
            boolean isStopped;
            synchronized (lock) {
                isStopped = !run.reason.isEmpty();
                run.stoppable = session;
            }
            if (isStopped) {
                output.interrupted();
            } else if (text.stripLeading().startsWith(":")) {
                output.mistake("commands that begin with a colon belong to the prompt, `sde`");
            } else {
                new EntryRunner(session, output, output).enter(new Source(SCRIPT, text));
            }
        } catch (RuntimeException | Error fault) {
            output.fault(fault);
        } finally {
            end(run);
        }
    }

    private Workspace session(Map<String, String> parameters, boolean continues) {
        Workspace before = workspace;
        if (before != null && continues) {
            return before;
        }
        free();
        Workspace fresh = new Workspace(pipeline, settings, folders, output, ScriptParameters.of(parameters));
        fresh.session().folders().readOnlyBelow(reading);
        workspace = fresh;
        return fresh;
    }

    private void free() {
        Workspace before = workspace;
        workspace = null;
        if (before != null) {
            before.close();
        }
    }

    private void end(Run run) {
        use();
        String state = output.isInterrupted() ? "stopped" : output.hasFailed() ? "failed" : "done";
        ObjectNode data =
                MessageJson.object().put("state", state).put("seconds", (System.nanoTime() - run.start) / 1e9);
        data.set("files", files.names());
        // under the lock, so that no event of this run follows the beginning of the next
        synchronized (lock) {
            run.stoppable = null;
            present = null;
            events.add("run", data.put("reason", run.reason));
        }
    }

    /** Requests the present run to stop; returns false if none runs. */
    boolean stop(String reason) {
        synchronized (lock) {
            if (present == null) {
                return false;
            }
            if (present.reason.isEmpty()) {
                present.reason = reason;
            }
            if (present.stoppable != null) {
                present.stoppable.requestStop();
            }
            return true;
        }
    }

    /** Stops a run that exceeds a limit. Called by the clock of the server, several times a second. */
    void watch() {
        overrun().ifPresent(this::stop);
    }

    private Optional<String> overrun() {
        long start;
        long memory;
        synchronized (lock) {
            if (present == null) {
                return Optional.empty();
            }
            start = present.start;
            memory = present.stoppable == null ? 0 : present.stoppable.session().tensorBytes();
        }
        if (System.nanoTime() - start > limits.run().toNanos()) {
            return Optional.of("a run may take " + limits.run().toSeconds() + " s; `sde serve --seconds` allows more");
        }
        if (memory > limits.memory()) {
            return Optional.of("the tensors of a tab may take " + (limits.memory() >> 20)
                    + " MiB; `sde serve --memory` allows more");
        }
        return files.size() > limits.files()
                ? Optional.of("the files of a tab may take " + (limits.files() >> 20)
                        + " MiB; `sde serve --files` allows more")
                : Optional.empty();
    }

    /** Stops what runs, frees the session on its own thread, and ends the page's events. */
    @Override
    public void close() {
        stop("the tab was closed");
        runner.execute(this::free);
        runner.shutdown();
        events.close();
    }

    /** Waits until the session of a closed tab is freed, but not for an operation that does not stop. */
    void awaitEnd() {
        try {
            runner.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
