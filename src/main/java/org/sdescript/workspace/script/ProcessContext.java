package org.sdescript.workspace.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.source.Span;

/**
 * The part of a script that decides what a process is: its declarations, and the bindings of the names that an
 * expression reads. Work that may take long, such as training and sampling, is never part of it.
 *
 * @param statements the statements to run before the expression
 */
public record ProcessContext(Program statements, Expression process) {
    private static final Set<Kind> PLAIN = Set.of(
            Kind.PROCESS,
            Kind.NUMBER,
            Kind.TEXT,
            Kind.BOOLEAN,
            Kind.LIST,
            Kind.SDE,
            Kind.SCHEDULE,
            Kind.FN,
            Kind.FUNCTION,
            Kind.RECORD,
            Kind.DISTRIBUTION);

    /** The process at an offset: a declared {@code sde}, a name bound to a process, or a call that makes one. */
    public static Optional<ProcessContext> at(ScriptText text, LibraryDeclarations library, Span name) {
        Optional<StaticValue> known = text.analysis().known(name.text(), name.start());
        Optional<Kind> kind = known.map(StaticValue::kind);
        if (kind.isEmpty() || kind.get() != Kind.PROCESS && kind.get() != Kind.SDE) {
            return Optional.empty();
        }
        Expression process = call(text.analysis().program(), name)
                .filter(call -> kind.get() == Kind.SDE)
                .orElseGet(() -> name(name.text(), name));
        return new Search(text, library)
                .context(process)
                .or(() -> kind.get() == Kind.SDE
                        ? new Search(text, library).context(name(name.text(), name))
                        : Optional.empty());
    }

    /** The process that a name means at the top level. */
    public static Optional<ProcessContext> named(ScriptText text, LibraryDeclarations library, String name) {
        Span end = text.source()
                .span(text.source().text().length(), text.source().text().length());
        return new Search(text, library).context(name(name, end));
    }

    private static Expression name(String name, Span span) {
        return new Expression.Name(name, span);
    }

    private static Optional<Expression> call(Program program, Span callee) {
        return Children.all(program)
                .filter(Expression.Call.class::isInstance)
                .map(Expression.Call.class::cast)
                .filter(call -> call.callee().span().start() == callee.start()
                        && call.callee().span().end() == callee.end())
                .<Expression>map(call -> call)
                .findFirst();
    }

    /** Collects the statements that an expression needs. */
    private static final class Search {
        private final ScriptText text;
        private final QuickWork.Unit own;
        private final QuickWork work;

        Search(ScriptText text, LibraryDeclarations library) {
            this.text = text;
            this.own = new QuickWork.Unit(text.analysis().program(), text.names());
            this.work = new QuickWork(library, text.analysis().library().names(), text.pipeline());
        }

        /** Empty if the expression reads a name whose value is not certain, or takes long to compute. */
        Optional<ProcessContext> context(Expression process) {
            if (!work.isQuick(own, process)) {
                return Optional.empty();
            }
            List<Statement> statements = work.needed(own.program());
            boolean plain = statements.stream().allMatch(this::isPlain);
            return plain
                    ? Optional.of(new ProcessContext(
                            new Program(statements, own.program().span()), process))
                    : Optional.empty();
        }

        private boolean isPlain(Statement statement) {
            return !(statement instanceof Statement.Bind bind)
                    || text.analysis()
                            .known(
                                    bind.targets().getFirst().name(),
                                    bind.targets().getFirst().span().start())
                            .filter(value -> PLAIN.contains(value.kind()))
                            .isPresent();
        }
    }
}
