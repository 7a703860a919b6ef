package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunRecord;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** One run of a script: session, record, and the message about its end. */
final class Run {
    private final Pipeline pipeline;
    private final Source source;
    private final Program program;
    private final Path file;
    private final ScriptParameters parameters;
    private final Settings settings;
    private final OutputFolders folders;
    private final Console console;
    private final boolean resume;
    private boolean interrupted;

    /** @param resume true if trainings with a checkpoint resume from it */
    Run(
            Pipeline pipeline,
            Source source,
            Program program,
            Path file,
            ScriptParameters parameters,
            Settings settings,
            OutputFolders folders,
            Console console,
            boolean resume) {
        this.pipeline = pipeline;
        this.source = source;
        this.program = program;
        this.file = file;
        this.parameters = parameters;
        this.settings = settings;
        this.folders = folders;
        this.console = console;
        this.resume = resume;
    }

    int execute(CommandErrors errors) {
        try {
            AtomicFile.requireFolder(folders.run());
        } catch (SdeError unwritable) {
            return errors.report(unwritable);
        }
        console.detail(() -> "files go to " + folders.run().toAbsolutePath());
        try (Session session =
                new Session(settings, console, folders, file.toAbsolutePath().getParent())) {
            try {
                session.folders()
                        .lock(folders.run(), "wait until that run is done, or use another folder: `--out DIR`");
                RunRecord.begin(folders.run());
            } catch (SdeError unwritable) {
                return errors.report(unwritable);
            }
            if (resume) {
                session.resumeTrainings();
            }
            RunRecord record = new RunRecord(source, parameters);
            return StopSignals.during(
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

    /**
     * Writes the record and the message once: on the run's thread, or on the stopping thread if the run does not end in
     * time.
     */
    private synchronized void interrupted(Session session, RunRecord record) {
        if (interrupted) {
            return;
        }
        interrupted = true;
        StopRequest.ignoring(() -> record.write(session, "interrupted", Optional.empty()));
        console.note("interrupted; what was done is in " + folders.run().resolve("run.json"));
        if (session.log().work().stream().anyMatch(entry -> entry.containsValue("train"))) {
            console.note("to continue a training in a later run: train(…, checkpoint = \"model\", resume = true)");
        }
    }

    private int run(Session session, RunRecord record, CommandErrors errors) {
        try {
            pipeline.run(program, file, parameters, session);
            record.write(session, "done", Optional.empty());
            console.detail(() -> "done; the record is in " + folders.run().resolve("run.json"));
            return Main.DONE;
        } catch (Interruption interruption) {
            interrupted(session, record);
            return StopSignals.status();
        } catch (SdeError error) {
            int code = errors.report(error);
            record(record, session, error);
            return code;
        } catch (RuntimeException | Error fault) {
            return errors.fault(fault);
        }
    }

    /**
     * Writes the record of a failed run. If the record cannot be written either, the first error is the one reported.
     */
    private static void record(RunRecord record, Session session, SdeError error) {
        try {
            record.write(session, "failed", Optional.of(error.getMessage()));
        } catch (SdeError unwritable) {
            error.addSuppressed(unwritable);
        }
    }
}
