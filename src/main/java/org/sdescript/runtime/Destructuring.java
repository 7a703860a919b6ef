package org.sdescript.runtime;

import java.util.List;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/** {@code a, b = e}, in statements, loops and comprehensions. */
final class Destructuring {
    private Destructuring() {}

    /** Binds one name to the whole value, or several to its elements. */
    static void bind(
            List<Statement.Target> targets, Value value, Environment scope, Interpreter interpreter, Span place) {
        if (targets.size() == 1) {
            scope.bind(targets.getFirst().name(), value);
            return;
        }
        if (!Sequences.isSequence(value, interpreter.tensors())) {
            throw unequal(targets, value.kind(), place);
        }
        List<Value> parts = interpreter.elements(value, place);
        if (parts.size() != targets.size()) {
            throw unequal(targets, parts.size() + (parts.size() == 1 ? " value" : " values"), place);
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.bind(targets.get(i).name(), parts.get(i));
        }
    }

    private static SdeError unequal(List<Statement.Target> targets, String given, Span place) {
        return Diagnostic.error("E0430", place, targets.size() + " names for " + given)
                .help("as many names as values; one name takes the whole list")
                .raise();
    }
}
