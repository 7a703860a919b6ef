package org.sdescript.pipeline;

import org.sdescript.ast.Program;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Importer;
import org.sdescript.runtime.Interpreter;

/** An interpreter and its names, made by {@link Pipeline#bind}. */
public record RunningScript(Interpreter interpreter, Environment module, Importer imports) {
    public void run(Program program) {
        Phases.run(this, program);
    }

    /** The same names with an interpreter that has no cached kernels, so that all kernels are traced again. */
    public RunningScript withoutKernels() {
        return new RunningScript(
                Phases.interpreter(interpreter.session(), interpreter.root(), imports, interpreter.libraryFiles()),
                module,
                imports);
    }
}
