package org.sdescript.check;

import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;

/** What is to be said of assignments that would not do what they seem to, before and during a run. */
public final class Assignments {
    private Assignments() {}

    /** {@code total += 1} in a callable whose {@code total} is a name around it: nothing outside would change. */
    public static Diagnostic outer(Statement.Update update) {
        String name = update.target().name();
        return Diagnostic.error("E0442", update.target().span(), "`" + name + "` is a name outside of this callable")
                .label("a callable reads outer names and assigns its own")
                .help("begin with a name of its own and return it: `new = " + name + " "
                        + update.operator().symbol() + " …`, `return new`");
    }
}
