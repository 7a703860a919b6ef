package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunRecord;
import org.sdescript.runtime.Console;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * One run of a script: its session, its record, and what is said of how it ended.
 */
final class Run {
    private final Pipeline pipeline;
    private final Source source;
    private final Program program;
    private final Path file;
    private final Parameters parameters;
    private final Settings settings;
    private final Path folder;
    private final Console console;
    private boolean interrupted;

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
            RunRecord.begin(folder);
        } catch (SdeError unwritable) {
            return errors.report(unwritable);
        }
        console.detail(() -> "files go to " + folder.toAbsolutePath());
        try (Session session =
                new Session(settings, console, folder, file.toAbsolutePath().getParent())) {
            RunRecord record = new RunRecord(source, parameters);
            return Interrupts.during(
                    session, () -> run(session, record, errors), () -> leftUnfinished(session, record));
        }
    }

    private void leftUnfinished(Session session, RunRecord record) {
        try {
            interrupted(session, record);
        } catch (RuntimeException inTheMidstOfThings) {
            console.note("interrupted");
        }
    }

    /** Told once, by the run itself or, where it does not come to that in time, for it. */
    private synchronized void interrupted(Session session, RunRecord record) {
        if (interrupted) {
            return;
        }
        interrupted = true;
        record.write(session, "interrupted", Optional.empty());
        console.note("interrupted; what was done is in " + folder.resolve("run.json"));
        if (session.work().stream().anyMatch(entry -> entry.containsValue("train"))) {
            console.note("a training that is to outlive its run: train(…, checkpoint = \"" + folder.resolve("model")
                    + "\", resume = true)");
        }
    }

    private int run(Session session, RunRecord record, Errors errors) {
        try {
            pipeline.run(program, file, parameters, session);
            record.write(session, "done", Optional.empty());
            console.detail(() -> "done; the record is in " + folder.resolve("run.json"));
            return Main.DONE;
        } catch (Interruption interruption) {
            interrupted(session, record);
            return Main.INTERRUPTED;
        } catch (SdeError error) {
            int code = errors.report(error);
            record(record, session, error);
            return code;
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
