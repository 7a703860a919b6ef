package org.sdescript.check;

import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Errors for statements that would not have their apparent effect; the checker and the interpreter share them. */
public final class StatementErrors {
    private StatementErrors() {}

    /** The error for {@code try} in a compiled body: the compiled steps of a kernel run without the script. */
    public static Diagnostic tryInKernel(Span attempt) {
        return Diagnostic.error("E0454", attempt, "a kernel cannot catch errors")
                .note(
                        "the bodies of kernels, losses, methods, networks, predictors and correctors run once, to be traced")
                .help("put the call of the kernel into `try { … } catch e { … }`");
    }

    /**
     * The error for {@code total += 1} in a callable where {@code total} is an outer name: the outer name would not
     * change.
     */
    public static Diagnostic outer(Statement.Update update) {
        String name = update.target().name();
        return Diagnostic.error("E0442", update.target().span(), "`" + name + "` is a name outside of this callable")
                .label("a callable reads outer names and assigns its own")
                .help("begin with a name of its own and return it: `new = " + name + " "
                        + update.operator().symbol() + " …`, `return new`");
    }
}
