package org.sdescript.runtime;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** The set of native resources reachable from some names and values; a {@link MemoryScope} frees all others. */
public final class Reachability {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Environments and values still to be visited. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    public static Reachability of(Environment environment) {
        return new Reachability().with(environment);
    }

    public static Reachability of(Value value) {
        return new Reachability().with(value);
    }

    boolean leadsTo(AutoCloseable resource) {
        return seen.contains(resource);
    }

    public Reachability with(Environment environment) {
        waiting.add(environment);
        return follow();
    }

    public Reachability with(Value value) {
        waiting.add(value);
        return follow();
    }

    /** Visits iteratively, since lists may be nested deeper than the stack; visits each list once. */
    private Reachability follow() {
        while (!waiting.isEmpty()) {
            switch (waiting.pop()) {
                case Environment environment -> look(environment);
                case Value value -> look(value);
                case Object other -> throw new IllegalStateException("reached " + other);
            }
        }
        return this;
    }

    private void look(Environment environment) {
        for (Environment each = environment; each != null && seen.add(each); each = each.parent()) {
            waiting.addAll(each.ownValues());
            waiting.addAll(each.modules());
            each.kept().forEach(waiting::add);
        }
    }

    private void look(Value value) {
        switch (value) {
            case Value.Num number -> {}
            case Value.Bool bool -> {}
            case Value.Text text -> {}
            case Value.None none -> {}
            case Value.FormulaValue formula -> {}
            case Value.TracedValue traced -> {}
            case Value.TensorValue(var tensor) -> seen.add(tensor);
            case Value.ListValue list -> once(list, list.elements());
            case Value.RecordValue entries -> once(entries, entries.fields().values());
            case Closure closure -> {
                look(closure.scope());
                waiting.addAll(closure.children());
            }
            case LambdaValue lambda -> look(lambda.scope());
            case ProcessDeclaration declaration -> {
                look(declaration.scope());
                waiting.addAll(declaration.children());
            }
            case Value.Extension extension -> once(extension, extension.children());
        }
    }

    private void once(Value holder, Collection<Value> held) {
        if (seen.add(holder)) {
            waiting.addAll(held);
        }
    }
}
