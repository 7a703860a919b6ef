package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.ast.Program;
import org.sdescript.check.Globals;
import org.sdescript.check.Signature;
import org.sdescript.check.Warnings;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.manual.Manual;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Importer;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * The phases from a file's name to its effects:
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
    private final Globals globals = library.globals();

    /** A script without errors, and its warnings. */
    public record CheckedScript(Program program, List<Diagnostic> warnings) {}

    /** Checks scripts and the files they import, without running them; returns errors and warnings. */
    public List<Diagnostic> check(Source... sources) {
        CheckSession scripts = new CheckSession(globals);
        for (Source source : sources) {
            scripts.add(source);
        }
        return scripts.findings();
    }

    /** Checks a script and its imports; throws all their errors, if any. */
    public CheckedScript sound(Source source) {
        CheckSession scripts = new CheckSession(globals);
        Program program = scripts.add(source).program();
        List<Diagnostic> findings = scripts.findings();
        List<Diagnostic> errors = findings.stream().filter(Diagnostic::isError).toList();
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return new CheckedScript(program, findings);
    }

    /** Checks an entry at the prompt, with the names bound by earlier entries; throws its errors, if any. */
    public Program entry(Source source, Environment bound) {
        CheckSession scripts = new CheckSession(globals.and(bound.ownNames()).and(signatures(bound)));
        Program program = scripts.add(source).program();
        List<Diagnostic> errors =
                scripts.findings().stream().filter(Diagnostic::isError).toList();
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return program;
    }

    /** The warnings for an entry without errors. */
    public List<Diagnostic> warnings(Program entry) {
        return Warnings.ofEntry(entry, globals);
    }

    private static Map<String, Signature> signatures(Environment bound) {
        Map<String, Signature> signatures = new HashMap<>();
        for (String name : bound.ownNames()) {
            switch (bound.own(name)) {
                case Closure closure when closure.configuration().isEmpty() -> signatures.put(name, closure.contract());
                case ProcessDeclaration process
                when process.configuration().isEmpty() -> signatures.put(name, Signature.of(process.declaration()));
                default -> {}
            }
        }
        return signatures;
    }

    /** The manual of the language and its library. */
    public Manual manual() {
        return library.manual();
    }

    /** The manual, with the declarations of a script; the script may have errors. */
    public Manual manual(Source script) {
        return library.manual().with(Parser.parse(script).program());
    }

    /** The checked tree of a script; throws its errors, if any. */
    public Program program(Source source) {
        return sound(source).program();
    }

    /** Runs a program in a session; returns the names that it bound. */
    public Environment run(Program program, Path file, ScriptParameters parameters, Session session) {
        parameters.refuseUnknown(program, file);
        RunningScript started = start(file, parameters, session);
        started.run(program);
        return started.module();
    }

    /**
     * Creates an interpreter that runs programs one after another; each program finds the names bound by earlier ones.
     */
    public RunningScript start(Path file, ScriptParameters parameters, Session session) {
        Environment root = Environment.root();
        Importer modules = new ScriptImporter(this, file, parameters);
        Interpreter interpreter = interpreter(session, root, modules);
        library.into(interpreter);
        return new RunningScript(interpreter, root.module(), modules);
    }

    /** Returns an interpreter that forms processes and runs kernels. */
    static Interpreter interpreter(Session session, Environment root, Importer modules) {
        return new Interpreter(session, root, modules, ProcessValue::declared, Kernels::new);
    }

    /** An interpreter and its names, created by {@link #start}. */
    public record RunningScript(Interpreter interpreter, Environment module, Importer modules) {
        public void run(Program program) {
            interpreter.run(program, module);
        }

        /** The same names with an interpreter that has no cached kernels, so that all kernels are traced again. */
        public RunningScript withoutKernels() {
            return new RunningScript(
                    Pipeline.interpreter(interpreter.session(), interpreter.root(), modules), module, modules);
        }
    }
}
