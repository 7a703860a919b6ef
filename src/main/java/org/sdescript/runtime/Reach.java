package org.sdescript.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What can still be got at from some names and values: the roots by which a {@link Region} decides what to free. */
public final class Reach {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    public static Reach of(Environment environment) {
        return new Reach().with(environment);
    }

    public static Reach of(Value value) {
        return new Reach().with(value);
    }

    boolean leadsTo(AutoCloseable resource) {
        return seen.contains(resource);
    }

    public Reach with(Environment environment) {
        for (Environment each = environment; each != null && seen.add(each); each = each.parent()) {
            each.ownValues().forEach(this::with);
            each.modules().forEach(this::with);
        }
        return this;
    }

    public Reach with(Value value) {
        switch (value) {
            case Value.Num number -> {}
            case Value.Bool truth -> {}
            case Value.Text text -> {}
            case Value.None none -> {}
            case Value.FormulaValue formula -> {}
            case Value.TracedValue traced -> {}
            case Value.TensorValue(var tensor) -> seen.add(tensor);
            case Value.ListValue(var elements) -> elements.forEach(this::with);
            case Value.RecordValue(var fields) -> fields.values().forEach(this::with);
            case Closure closure -> {
                with(closure.scope());
                closure.children().forEach(this::with);
            }
            case LambdaValue lambda -> with(lambda.scope());
            case ProcessDeclaration declaration -> {
                with(declaration.scope());
                declaration.children().forEach(this::with);
            }
            case Value.Extension extension -> {
                if (seen.add(extension)) {
                    extension.children().forEach(this::with);
                }
            }
        }
        return this;
    }
}
