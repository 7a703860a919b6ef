package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sdescript.ast.Program;
import org.sdescript.backend.Backend;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunRecord;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Interruption;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * One run of a script on a thread of its own, with a stack large enough for deep recursion in scripts and in the tensor
 * engine. Ctrl-C asks it to stop and waits until it has put down what is worth keeping.
 */
final class Run {
    private static final long STACK = 1L << 29;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Pipeline pipeline;
    private final Source source;
    private final Program program;
    private final Path file;
    private final Parameters parameters;
    private final Settings settings;
    private final Path folder;
    private final Console console;
    private volatile int status = Main.SCRIPT_ERROR;

    Run(
            Pipeline pipeline,
            Source source,
            Program program,
            Path file,
            Parameters parameters,
            Settings settings,
            Path folder,
            Console console) {
        this.pipeline = pipeline;
        this.source = source;
        this.program = program;
        this.file = file;
        this.parameters = parameters;
        this.settings = settings;
        this.folder = folder;
        this.console = console;
    }

    int execute(Errors errors) {
        try {
            AtomicFile.requireFolder(folder);
        } catch (SdeError unwritable) {
            return errors.report(unwritable);
        }
        try (Session session =
                new Session(settings, console, folder, file.toAbsolutePath().getParent())) {
            Thread runner = new Thread(null, () -> status = run(session, errors), "sde", STACK);
            Thread onExit = new Thread(() -> stop(session, runner), "sde-stop");
            Runtime.getRuntime().addShutdownHook(onExit);
            runner.start();
            runner.join();
            forget(onExit);
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.INTERRUPTED;
        }
    }

    /** The JVM is going down, most likely by Ctrl-C: native code must not be running when it does. */
    private static void stop(Session session, Thread runner) {
        session.interrupt();
        try {
            runner.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Backend.leave(Main.INTERRUPTED);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            Thread.yield();
        }
    }

    private int run(Session session, Errors errors) {
        RunRecord record = new RunRecord(source, parameters);
        try {
            pipeline.run(program, file, parameters, session);
            record.write(session, "done", Optional.empty());
            return Main.DONE;
        } catch (Interruption interruption) {
            record.write(session, "interrupted", Optional.empty());
            console.note("interrupted; what was done is in " + folder.resolve("run.json"));
            if (session.work().stream().anyMatch(entry -> entry.containsValue("train"))) {
                console.note("a training that is to outlive its run: train(…, checkpoint = \"" + folder.resolve("model")
                        + "\", resume = true)");
            }
            return Main.INTERRUPTED;
        } catch (SdeError error) {
            int code = errors.report(error);
            record(record, session, error);
            return code;
        } catch (StackOverflowError overflow) {
            return errors.report(Diagnostic.error("E0461", null, "the script nests too deeply")
                    .help("a recursion needs a case that ends it")
                    .raise());
        } catch (RuntimeException | Error fault) {
            return errors.fault(fault);
        }
    }

    /** The record of a run that failed; where that cannot be written either, the first error is the one to know. */
    private static void record(RunRecord record, Session session, SdeError error) {
        try {
            record.write(session, "failed", Optional.of(error.getMessage()));
        } catch (SdeError unwritable) {
            error.addSuppressed(unwritable);
        }
    }
}
