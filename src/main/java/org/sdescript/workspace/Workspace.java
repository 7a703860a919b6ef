package org.sdescript.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FolderLock;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunRecord;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** The state shared by the entries of a session: names, native memory, settings, the folder for files. */
public final class Workspace implements AutoCloseable {
    /** The name of entries in errors. */
    public static final String NAME = "prompt";

    private final Pipeline pipeline;
    private final Settings settings;
    private final OutputFolders folders;
    private final Console console;
    private final ScriptParameters parameters;
    private final Journal journal = new Journal();
    private final Object stopping = new Object();
    private @Nullable Manual manual;
    private volatile Session session;
    private RunningScript started;

    public Workspace(Pipeline pipeline, Settings settings, OutputFolders folders, Console console) {
        this(pipeline, settings, folders, console, ScriptParameters.of(Map.of()));
    }

    /** @param parameters the values of the entries' {@code param}s */
    public Workspace(
            Pipeline pipeline, Settings settings, OutputFolders folders, Console console, ScriptParameters parameters) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.folders = folders;
        this.console = console;
        this.parameters = parameters;
        this.session = newSession();
        this.started = pipeline.bind(Path.of(NAME), parameters, session);
    }

    private Session newSession() {
        Session fresh = new Session(settings, console, folders, null);
        fresh.folders().beforeFirstFile(this::settled);
        return fresh;
    }

    /** The folder for files; a folder beside it if another session uses it. */
    private OutputFolders settled(OutputFolders wanted) {
        Path folder = wanted.run();
        for (int k = 2; !FolderLock.isFree(folder); k++) {
            folder = wanted.run().resolveSibling(wanted.run().getFileName() + "-" + k);
        }
        AtomicFile.requireFolder(folder);
        session.folders().lock(folder, "choose another folder: `--out DIR`");
        if (!folder.equals(wanted.run())) {
            console.note("another run writes to " + wanted.run() + " now, so files go to " + folder);
        }
        return new OutputFolders(folder, wanted.further());
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The manual of the library. */
    public synchronized Manual manual() {
        if (manual == null) {
            manual = pipeline.manual();
        }
        return manual;
    }

    public Session session() {
        return session;
    }

    public Environment names() {
        return started.module();
    }

    Journal journal() {
        return journal;
    }

    /** Discards all names, frees their memory, and restarts with the session's first settings. */
    void reset() {
        close();
        journal.clear();
        Session fresh = newSession();
        started = pipeline.bind(Path.of(NAME), parameters, fresh);
        synchronized (stopping) {
            if (session.stop().isRequested()) {
                fresh.stop().request();
            }
            session = fresh;
        }
    }

    /**
     * Requests the present entry to stop, by any thread. A request made while the session is {@linkplain #reset reset}
     * is not lost.
     */
    public void requestStop() {
        synchronized (stopping) {
            session.stop().request();
        }
    }

    /** The tree of an entry, checked with the names bound so far. */
    Program checked(Source source) {
        return pipeline.entry(source, names());
    }

    /** Runs an entry. Its effects before an error or an interruption remain. */
    void run(Source source, Interpreter.Listener listener) {
        started.interpreter().run(checked(source), names(), (statement, value) -> {
            journal.ran(statement, value);
            listener.ran(statement, value);
        });
    }

    /** Runs an entry without cached kernels, so that all kernels are traced again; the journal does not record it. */
    void runWithoutKernels(Source source) {
        started.withoutKernels().run(checked(source));
    }

    /**
     * Passes the value of an expression to {@code use}; the journal does not record it, and the value is freed
     * afterwards.
     */
    public void look(Source expression, Interpreter.Listener use) {
        Program program = checked(expression);
        List<Statement> statements = program.statements();
        if (statements.size() != 1 || !(statements.getFirst() instanceof Statement.Evaluate)) {
            throw new NotAnExpression();
        }
        started.interpreter().run(program, names(), use);
    }

    /** Thrown for a statement where only an expression is allowed. */
    public static final class NotAnExpression extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Writes the record of the session, if it wrote files or metrics. */
    @Override
    public void close() {
        if (!session.log().files().isEmpty() || !session.log().metrics().isEmpty()) {
            try {
                Source script = new Source(NAME, journal.script(Path.of("")));
                new RunRecord(script, parameters).write(session, "done", Optional.empty());
            } catch (SdeError unwritable) {
                console.note("the record of the session could not be written: " + unwritable.getMessage());
            }
        }
        session.close();
    }

    /** Runs work that a request may stop, also one made before. Returns false if it was stopped. */
    boolean during(Runnable work) {
        try {
            return session.stop().stoppable(() -> {
                session.stop().check();
                work.run();
                return true;
            });
        } catch (Interruption stopped) {
            return false;
        }
    }
}
