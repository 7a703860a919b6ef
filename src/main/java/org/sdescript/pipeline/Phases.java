package org.sdescript.pipeline;

import java.util.List;
import org.sdescript.ast.Program;
import org.sdescript.check.Globals;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Importer;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;
import org.sdescript.units.Units;

/**
 * The phases of a script, one method each, in this order:
 *
 * <pre>
 * text ─▶ parse ─▶ check ─▶ bind ─▶ run
 * </pre>
 *
 * The run in turn drives algebra and process (what an SDE means), graph and backend (what a tensor program computes),
 * and learn, data and plot (what a run leaves behind). {@link Pipeline} calls the phases for a library and a reader of
 * files.
 */
final class Phases {
    private Phases() {}

    /** Text to tree. The result holds the errors of syntax. */
    static Parsed parse(Source text) {
        return Parser.parse(text);
    }

    /** Trees to errors and warnings, which include those of imported files. */
    static List<Diagnostic> check(List<Parsed> trees, Globals known, ScriptReader reader) {
        CheckSession session = new CheckSession(known, reader);
        trees.forEach(session::add);
        return session.findings();
    }

    /** Returns the warnings if there is no error; else throws all errors. */
    static List<Diagnostic> requireCorrect(List<Diagnostic> findings) {
        List<Diagnostic> errors = findings.stream().filter(Diagnostic::isError).toList();
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return findings;
    }

    /**
     * Makes an interpreter with the built-ins and the standard library. The interpreter runs programs one after
     * another; each program finds the names bound by earlier ones.
     *
     * @param insideLibrary true if scripts see the library's local names, as its own files do
     */
    static RunningScript bind(StandardLibrary library, boolean insideLibrary, Session session, Importer imports) {
        Environment root = Environment.root();
        Interpreter interpreter = interpreter(session, root, imports, library.files());
        library.bindIn(interpreter);
        return new RunningScript(interpreter, insideLibrary ? root.call(false) : root.module(), imports);
    }

    /** Runs a program and returns the names that it bound. */
    static Environment run(RunningScript script, Program program) {
        script.interpreter().run(program, script.module());
        return script.module();
    }

    /** Returns an interpreter that forms processes and runs kernels. */
    static Interpreter interpreter(Session session, Environment root, Importer imports, List<Program> library) {
        return new Interpreter(session, root, imports, ProcessValue::declared, Kernels::new, library, Units::new);
    }
}
