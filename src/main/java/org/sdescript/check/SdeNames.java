package org.sdescript.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;

/** Resolves the names in the body of a process; all its lines see each other, in any order. */
final class SdeNames {
    private final Statement.SdeDeclaration sde;
    private final ExpressionCheck expressions;
    private final Findings findings;

    SdeNames(Statement.SdeDeclaration sde, ExpressionCheck expressions, Findings findings) {
        this.sde = sde;
        this.expressions = expressions;
        this.findings = findings;
    }

    void check(Scope scope) {
        new SdeCheck(sde, findings).check();
        Scope inside = expressions
                .inside(sde.span(), expressions.variables(sde.parameters(), scope))
                .bind(Set.of("t", "noise"));
        Set<String> locals = new HashSet<>();
        sde.items().forEach(item -> inside.bind(bound(item, locals)));
        sde.items().forEach(item -> item(item, inside));
    }

    private Set<String> bound(SdeItem item, Set<String> locals) {
        return switch (item) {
            case SdeItem.TimeDomain domain -> Set.of(domain.time());
            case SdeItem.ChainIndex index -> Set.of(index.index(), "N");
            case SdeItem.LocalValue local -> {
                findings.once(local.name(), local.nameSpan(), locals);
                yield Set.of(local.name());
            }
            case SdeItem.LocalFunction local -> {
                findings.once(local.name(), local.nameSpan(), locals);
                yield Set.of(local.name());
            }
            case SdeItem.Stratonovich word -> Set.of();
            case SdeItem.ItoEquation equation -> Set.of(equation.state());
            case SdeItem.TransitionEquation equation -> Set.copyOf(List.of(equation.state(), equation.time()));
            case SdeItem.ChainEquation equation -> Set.copyOf(List.of(equation.state(), equation.index()));
        };
    }

    private void item(SdeItem item, Scope scope) {
        switch (item) {
            case SdeItem.TimeDomain domain -> {
                expressions.check(domain.from(), scope);
                expressions.check(domain.to(), scope);
            }
            case SdeItem.ChainIndex index -> {
                expressions.check(index.from(), scope);
                expressions.check(index.to(), scope);
            }
            case SdeItem.LocalValue local -> expressions.check(local.value(), scope);
            case SdeItem.LocalFunction local ->
                expressions.check(
                        local.value(),
                        expressions.inside(local.span(), expressions.variables(local.variables(), scope)));
            case SdeItem.Stratonovich word -> {}
            case SdeItem.ItoEquation equation ->
                equation.terms()
                        .forEach(term -> term.coefficient().ifPresent(value -> expressions.check(value, scope)));
            case SdeItem.TransitionEquation equation -> expressions.check(equation.value(), scope);
            case SdeItem.ChainEquation equation -> expressions.check(equation.value(), scope);
        }
    }
}
