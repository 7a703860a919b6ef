package org.sdescript.lsp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.source.Span;

/**
 * The part of a script that decides what a process is: its declarations, and the bindings of the names that an
 * expression reads. Work that may take long, such as training and sampling, is never part of it.
 *
 * @param statements the statements to run before the expression
 */
record ProcessContext(Program statements, Expression process) {
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

    /** The files of the library whose functions only derive and compute numbers. */
    private static final Set<String> QUICK = Set.of(
            "stdlib/native/processes.sde",
            "stdlib/native/functions.sde",
            "stdlib/processes.sde",
            "stdlib/schedules.sde",
            "stdlib/distributions.sde");

    /** The process at an offset: a declared {@code sde}, a name bound to a process, or a call that makes one. */
    static Optional<ProcessContext> at(OpenText text, LibraryFiles library, CursorWord word) {
        if (word.isField()) {
            return Optional.empty();
        }
        Optional<StaticValue> known =
                text.analysis().known(word.text(), word.span().start());
        Optional<Kind> kind = known.map(StaticValue::kind);
        if (kind.isEmpty() || kind.get() != Kind.PROCESS && kind.get() != Kind.SDE) {
            return Optional.empty();
        }
        Expression process = call(text.analysis().program(), word.span())
                .filter(call -> kind.get() == Kind.SDE)
                .orElseGet(() -> name(word.text(), word.span()));
        return new Search(text, library)
                .context(process)
                .or(() -> kind.get() == Kind.SDE
                        ? new Search(text, library).context(name(word.text(), word.span()))
                        : Optional.empty());
    }

    /** The process that a name means at the top level. */
    static Optional<ProcessContext> named(OpenText text, LibraryFiles library, String name) {
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

    /** Collects the bindings that an expression needs. */
    private static final class Search {
        private final OpenText text;
        private final LibraryFiles library;
        private final Program program;
        private final Set<String> needed = new HashSet<>();

        Search(OpenText text, LibraryFiles library) {
            this.text = text;
            this.library = library;
            this.program = text.analysis().program();
        }

        /** Empty if the expression reads a name whose value is not certain, or takes long to compute. */
        Optional<ProcessContext> context(Expression process) {
            if (!isQuick(process)) {
                return Optional.empty();
            }
            List<Statement> statements = new ArrayList<>();
            for (Statement statement : program.statements()) {
                boolean binds = statement instanceof Statement.Bind bind
                        && bind.targets().size() == 1
                        && needed.contains(bind.targets().getFirst().name());
                if (binds || program.declarations().statements().contains(statement)) {
                    statements.add(statement);
                }
            }
            return Optional.of(new ProcessContext(new Program(statements, program.span()), process));
        }

        private boolean isQuick(SyntaxNode node) {
            return Children.all(node)
                    .filter(Expression.Name.class::isInstance)
                    .map(Expression.Name.class::cast)
                    .allMatch(this::isQuick);
        }

        private boolean isQuick(Expression.Name name) {
            String word = name.name();
            int offset = name.span().start();
            if (!text.analysis().binds(word, offset)) {
                return library.declaration(word)
                        .map(place -> QUICK.contains(place.source().name()))
                        .orElse(text.analysis().library().names().contains(word));
            }
            Optional<BoundName> bound =
                    text.names().at(offset).or(() -> text.names().top(word));
            if (bound.flatMap(BoundName::node).isEmpty()) {
                return bound.isEmpty() && text.analysis().known(word, offset).isPresent(); // an imported name
            }
            return switch (bound.get().node().get()) {
                case Statement.Bind bind -> isPlain(word, offset) && (!needed.add(word) || isQuick(bind.value()));
                case Statement.Declaration declared -> true;
                case Statement.SdeDeclaration declared -> true;
                case Statement.Param param -> true;
                case Statement.Import module -> true;
                default -> bound.get().scope().start() > program.span().start(); // a lambda's own variable
            };
        }

        private boolean isPlain(String name, int offset) {
            return text.analysis()
                    .known(name, offset)
                    .filter(value -> PLAIN.contains(value.kind()))
                    .isPresent();
        }
    }
}
