package org.sdescript.runtime;

import java.util.List;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Destructuring assignment {@code a, b = e}, in statements, loops and comprehensions. */
final class Destructuring {
    private Destructuring() {}

    /** Binds one name to the whole value, or several names to its elements. */
    static void bind(
            List<Statement.Target> targets,
            Value value,
            Environment scope,
            Interpreter interpreter,
            Span place,
            ValueOrigin origin) {
        if (targets.size() == 1) {
            scope.bind(targets.getFirst().name(), value, origin);
            return;
        }
        Tensors tensors = interpreter.tensors();
        if (!ValueIteration.isSequence(value, tensors)) {
            throw Diagnostic.error("E0430", place, targets.size() + " names for " + value.words())
                    .help("several names take a list of as many values apart")
                    .raise();
        }
        List<Value> parts = interpreter.elements(value, place);
        if (parts.size() != targets.size()) {
            throw Diagnostic.error("E0430", place, targets.size() + " names for " + told(value, parts.size(), tensors))
                    .help(
                            Tensors.isTensor(value)
                                    ? "a function that gives several values ends with `return a, b`, a lambda with `[a, b]`"
                                    : "as many names as values; one name takes the whole list")
                    .raise();
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.bind(targets.get(i).name(), parts.get(i), origin);
        }
    }

    private static String told(Value value, int parts, Tensors tensors) {
        return Tensors.isTensor(value)
                ? "the rows of a tensor of shape " + tensors.shape(value)
                : parts + (parts == 1 ? " value" : " values");
    }
}
