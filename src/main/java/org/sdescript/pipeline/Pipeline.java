package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.sdescript.ast.Program;
import org.sdescript.check.Checker;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.manual.Manual;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/**
 * From a file's name to its effects:
 *
 * <pre>
 * text ─▶ syntax ─▶ ast ─▶ check ─▶ runtime
 * </pre>
 *
 * The runtime in turn drives algebra and process (what an SDE means), graph and backend (what a tensor program costs),
 * and learn, data and plot (what a run leaves behind).
 */
public final class Pipeline {
    private final StandardLibrary library = new StandardLibrary();

    /** What is wrong with a script, without running it; empty if nothing is. */
    public List<Diagnostic> check(Source source) {
        return Checker.check(Parser.parse(source), library.globals());
    }

    /** What is told of the language and its library. */
    public Manual manual() {
        return library.manual();
    }

    /** The same with the declarations of a script, which may have errors. */
    public Manual manual(Source script) {
        return library.manual().with(Parser.parse(script).program());
    }

    /** The tree of a script that has no errors. */
    public Program program(Source source) {
        Parsed parsed = Parser.parse(source);
        List<Diagnostic> errors = Checker.check(parsed, library.globals()).stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return parsed.program();
    }

    /** Runs a program in a session; returns the names it bound. */
    public Environment run(Program program, Path file, Parameters parameters, Session session) {
        parameters.refuseUnknown(program);
        ScriptModules modules = new ScriptModules(this, file, parameters);
        Environment root = Environment.root();
        Interpreter interpreter = new Interpreter(session, root, modules);
        library.into(interpreter);
        Environment module = root.module();
        interpreter.run(program, module);
        return module;
    }
}
