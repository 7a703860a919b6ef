package org.sdescript.repl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FolderLock;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunRecord;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** What the entries of a session share: the names they bind, native memory, settings, the folder of their files. */
final class Workspace implements AutoCloseable {
    /** What entries are called in errors. */
    static final String NAME = "prompt";

    private final Pipeline pipeline;
    private final Settings settings;
    private final OutputFolders folders;
    private final Console console;
    private final Journal journal = new Journal();
    private Session session;
    private Pipeline.Started started;

    Workspace(Pipeline pipeline, Settings settings, OutputFolders folders, Console console) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.folders = folders;
        this.console = console;
        start();
    }

    private void start() {
        session = new Session(settings, console, folders, null);
        session.beforeFirstFile(this::settled);
        started = pipeline.start(Path.of(NAME), Parameters.of(Map.of()), session);
    }

    /** Where another prompt has the folder, the files go to one beside it. */
    private OutputFolders settled(OutputFolders wanted) {
        Path folder = wanted.run();
        for (int k = 2; !FolderLock.isFree(folder); k++) {
            folder = wanted.run().resolveSibling(wanted.run().getFileName() + "-" + k);
        }
        AtomicFile.requireFolder(folder);
        session.lock(folder, "choose another folder: `--out DIR`");
        if (!folder.equals(wanted.run())) {
            console.note("another run writes to " + wanted.run() + " now, so files go to " + folder);
        }
        return new OutputFolders(folder, wanted.further());
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Session session() {
        return session;
    }

    Environment names() {
        return started.module();
    }

    Journal journal() {
        return journal;
    }

    /** Forgets all names, frees their memory and begins anew with the settings the session began with. */
    void reset() {
        close();
        journal.clear();
        start();
    }

    /** The tree of an entry, checked with the names there are. */
    Program checked(Source source) {
        return pipeline.entry(source, names());
    }

    /** Runs an entry; what it has done before an error or an interruption stays done. */
    void run(Source source, Interpreter.Listener listener) {
        started.interpreter().run(checked(source), names(), (statement, value) -> {
            journal.ran(statement, value);
            listener.ran(statement, value);
        });
    }

    /** Runs an entry with kernels that are all traced once more, as if nothing had been run before; no record is kept. */
    void runWithoutKernels(Source source) {
        started.withoutKernels().run(checked(source));
    }

    /** The value of an expression, of which the session keeps no record; it is gone when {@code use} is done. */
    void look(String expression, Interpreter.Listener use) {
        Program program = checked(new Source(NAME, expression));
        List<Statement> statements = program.statements();
        if (statements.size() != 1 || !(statements.getFirst() instanceof Statement.Evaluate)) {
            throw new NotAnExpression();
        }
        started.interpreter().run(program, names(), use);
    }

    /** What stands where only an expression can. */
    static final class NotAnExpression extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Leaves the record of what was done, if it left files or numbers. */
    @Override
    public void close() {
        if (!session.files().isEmpty() || !session.metrics().isEmpty()) {
            try {
                Source script = new Source(NAME, journal.script(Path.of("")));
                new RunRecord(script, Parameters.of(Map.of())).write(session, "done", Optional.empty());
            } catch (SdeError unwritable) {
                console.note("the record of the session could not be written: " + unwritable.getMessage());
            }
        }
        session.close();
    }

    /** Does something that Ctrl-C may stop; whether it was not stopped. */
    boolean during(Runnable work) {
        try {
            return session.stoppable(() -> {
                work.run();
                return true;
            });
        } catch (Interruption stopped) {
            console.note("interrupted");
            return false;
        } finally {
            session.goOn();
        }
    }
}
