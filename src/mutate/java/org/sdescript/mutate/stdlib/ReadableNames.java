package org.sdescript.mutate.stdlib;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;

/** The names that an expression can read in its declaration, in the order in which they are bound. */
final class ReadableNames {
    private final List<Set<String>> levels = new ArrayList<>();

    ReadableNames() {
        levels.add(new LinkedHashSet<>());
    }

    void open() {
        levels.add(new LinkedHashSet<>());
    }

    void close() {
        levels.removeLast();
    }

    void bind(String name) {
        levels.getLast().add(name);
    }

    void bind(List<Parameter> parameters) {
        parameters.forEach(parameter -> bind(parameter.name()));
    }

    void bindTargets(List<Statement.Target> targets) {
        targets.forEach(target -> bind(target.name()));
    }

    void bind(SdeItem item) {
        switch (item) {
            case SdeItem.TimeDomain domain -> bind(domain.time());
            case SdeItem.ChainIndex index -> bind(index.index());
            case SdeItem.LocalValue local -> bind(local.name());
            case SdeItem.ItoEquation equation -> bind(equation.state());
            case SdeItem.LocalFunction local -> {}
            case SdeItem.TransitionEquation equation -> {}
            case SdeItem.ChainEquation equation -> {}
            case SdeItem.Stratonovich line -> {}
        }
    }

    void bind(Expression.Clause clause) {
        if (clause instanceof Expression.Clause.ForIn each) {
            bindTargets(each.targets());
        }
    }

    boolean binds(String name) {
        return levels.stream().anyMatch(level -> level.contains(name));
    }

    /** All other names, the nearest last. */
    List<String> others(String name) {
        Set<String> all = new LinkedHashSet<>();
        levels.forEach(all::addAll);
        all.remove(name);
        return List.copyOf(all);
    }
}
