package org.sdescript.workspace.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.Children;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.source.Span;

/**
 * The names of a program with their places: what each place binds or reads. Scopes are those of the check: a callable,
 * an {@code sde}, a lambda and a comprehension open one, control flow opens none.
 */
public final class NameTable {
    private final List<BoundName> bound = new ArrayList<>();
    private final Map<String, List<Span>> free = new HashMap<>();
    private final Map<SyntaxNode, NameScope> bodies = new IdentityHashMap<>();
    private final List<NamedArgument> arguments = new ArrayList<>();
    private final NameScope top;

    /** The name of an argument, with the callee as the script writes it. */
    public record NamedArgument(Expression callee, String name, Span place) {}

    private NameTable(Program program) {
        this.top = new NameScope(null, program.span());
    }

    /**
     * Resolves the names of a program.
     *
     * @param declared the name of the callable that a callee was made of, where the check knows it
     */
    public static NameTable of(Program program, BiFunction<Expression, Integer, Optional<String>> declared) {
        return DeepStack.run(() -> {
            NameTable table = new NameTable(program);
            table.body(program.statements(), table.top);
            table.arguments.forEach(argument -> table.resolve(argument, declared));
            return table;
        });
    }

    public List<BoundName> bound() {
        return bound;
    }

    /** The places of names that the program reads and does not bind. */
    public Map<String, List<Span>> free() {
        return free;
    }

    public List<NamedArgument> arguments() {
        return arguments;
    }

    /** The name bound or read at an offset. */
    public Optional<BoundName> at(int offset) {
        return bound.stream().filter(name -> name.isAt(offset)).findFirst();
    }

    /** The names of the top level. */
    public Optional<BoundName> top(String name) {
        return top.own(name);
    }

    /** The parameter of a callable that the program declares. */
    Optional<BoundName> parameter(SyntaxNode declaration, String name) {
        return Optional.ofNullable(bodies.get(declaration)).flatMap(scope -> scope.own(name));
    }

    /** A callee of a module is none of the program's own. */
    private void resolve(NamedArgument argument, BiFunction<Expression, Integer, Optional<String>> declared) {
        if (!(argument.callee() instanceof Expression.Name)) {
            return;
        }
        declared.apply(argument.callee(), argument.place().start())
                .flatMap(top::own)
                .flatMap(BoundName::node)
                .flatMap(node -> parameter(node, argument.name()))
                .ifPresent(parameter -> parameter.reads().add(argument.place()));
    }

    private void body(List<Statement> statements, NameScope scope) {
        statements.forEach(statement -> bind(statement, scope));
        statements.forEach(statement -> visit(statement, scope));
        close(scope);
    }

    private void close(NameScope scope) {
        scope.all().forEach(bound::add);
    }

    private void bind(Statement statement, NameScope scope) {
        switch (statement) {
            case Statement.Import module ->
                module.alias().ifPresent(alias -> {
                    int end = module.span().end();
                    Span place = module.span().source().span(end - alias.length(), end);
                    scope.bind(alias, BoundName.Role.MODULE, place, module);
                });
            case Statement.Param param -> scope.bind(param.name(), BoundName.Role.OPTION, param.nameSpan(), param);
            case Statement.Declaration declared ->
                scope.bind(declared.name(), BoundName.Role.CALLABLE, declared.nameSpan(), declared);
            case Statement.SdeDeclaration declared ->
                scope.bind(declared.name(), BoundName.Role.SDE, declared.nameSpan(), declared);
            case Statement.Bind bind -> targets(bind.targets(), bind, scope);
            case Statement.For loop -> {
                targets(loop.targets(), loop, scope);
                bind(loop.body(), scope);
            }
            case Statement.If branch -> {
                bind(branch.then(), scope);
                branch.otherwise().ifPresent(block -> bind(block, scope));
            }
            case Statement.While loop -> bind(loop.body(), scope);
            case Statement.Repeat loop -> bind(loop.body(), scope);
            case Statement.Try attempt -> {
                bind(attempt.body(), scope);
                targets(attempt.error().stream().toList(), attempt, scope);
                bind(attempt.handler(), scope);
            }
            case Statement.Update none -> {}
            case Statement.Evaluate none -> {}
            case Statement.Return none -> {}
            case Statement.Break none -> {}
            case Statement.Continue none -> {}
        }
    }

    private void bind(Block block, NameScope scope) {
        block.statements().forEach(statement -> bind(statement, scope));
    }

    private static void targets(List<Statement.Target> targets, SyntaxNode node, NameScope scope) {
        targets.forEach(target -> scope.bind(target.name(), BoundName.Role.VALUE, target.span(), node));
    }

    private void visit(SyntaxNode node, NameScope scope) {
        switch (node) {
            case Expression.Name name -> read(name.name(), name.span(), scope);
            case Statement.Update update -> {
                read(update.target().name(), update.target().span(), scope);
                children(update, scope);
            }
            case Statement.Declaration declared -> declaration(declared, scope);
            case Statement.SdeDeclaration declared -> sde(declared, scope.inner(declared.span()));
            case Expression.Lambda lambda -> {
                NameScope inside = scope.inner(lambda.span());
                lambda.variables().forEach(inside::bind);
                children(lambda, inside);
                close(inside);
            }
            case Expression.Comprehension comprehension -> comprehension(comprehension, scope);
            case Expression.Call call -> {
                call.arguments().forEach(argument -> argument(call, argument));
                children(call, scope);
            }
            default -> children(node, scope);
        }
    }

    private void children(SyntaxNode node, NameScope scope) {
        Children.of(node).forEach(child -> visit(child, scope));
    }

    private void read(String name, Span place, NameScope scope) {
        scope.find(name)
                .map(BoundName::reads)
                .orElseGet(() -> free.computeIfAbsent(name, key -> new ArrayList<>()))
                .add(place);
    }

    private void argument(Expression.Call call, Argument argument) {
        argument.name().ifPresent(name -> {
            Span span = argument.span();
            arguments.add(new NamedArgument(
                    call.callee(), name, span.source().span(span.start(), span.start() + name.length())));
        });
    }

    private void comprehension(Expression.Comprehension comprehension, NameScope scope) {
        NameScope inside = scope.inner(comprehension.span());
        for (Expression.Clause clause : comprehension.clauses()) {
            switch (clause) {
                case Expression.Clause.ForIn each -> {
                    visit(each.iterable(), inside);
                    targets(each.targets(), comprehension, inside);
                }
                case Expression.Clause.If filter -> visit(filter.condition(), inside);
            }
        }
        visit(comprehension.element(), inside);
        close(inside);
    }

    private void declaration(Statement.Declaration declared, NameScope scope) {
        NameScope inside = scope.inner(declared.span());
        bodies.put(declared, inside);
        declared.variables().forEach(inside::bind);
        declared.parameters().forEach(inside::bind);
        defaults(declared.variables(), inside);
        defaults(declared.parameters(), inside);
        declared.order().ifPresent(order -> visit(order, inside));
        if (declared.body() instanceof Body.Statements(Block block, Span span)) {
            body(block.statements(), inside);
        } else {
            children(declared.body(), inside);
            close(inside);
        }
    }

    private void defaults(List<Parameter> parameters, NameScope scope) {
        parameters.forEach(parameter -> children(parameter, scope));
    }

    private void sde(Statement.SdeDeclaration declared, NameScope inside) {
        bodies.put(declared, inside);
        declared.parameters().forEach(inside::bind);
        declared.items().forEach(item -> bind(item, inside));
        inside.reserve("t");
        inside.reserve("noise");
        defaults(declared.parameters(), inside);
        declared.items().forEach(item -> visit(item, inside));
        close(inside);
    }

    private static void bind(SdeItem item, NameScope scope) {
        switch (item) {
            case SdeItem.TimeDomain domain ->
                scope.bind(domain.time(), BoundName.Role.VALUE, first(domain.span(), domain.time()), domain);
            case SdeItem.ChainIndex index -> {
                scope.bind(index.index(), BoundName.Role.VALUE, first(index.span(), index.index()), index);
                scope.reserve("N");
            }
            case SdeItem.LocalValue local -> {
                if (local.name().equals("prior") || local.name().equals("start")) {
                    scope.reserve(local.name());
                } else {
                    scope.bind(local.name(), BoundName.Role.VALUE, local.nameSpan(), local);
                }
            }
            case SdeItem.LocalFunction local ->
                scope.bind(local.name(), BoundName.Role.CALLABLE, local.nameSpan(), local);
            case SdeItem.Stratonovich word -> {}
            case SdeItem.ItoEquation equation ->
                scope.bind(equation.state(), BoundName.Role.STATE, equation.stateSpan(), equation);
            case SdeItem.TransitionEquation equation -> {
                scope.bind(equation.state(), BoundName.Role.STATE, equation.stateSpan(), equation);
                behind(equation.stateSpan(), equation.time())
                        .ifPresent(place -> scope.bind(equation.time(), BoundName.Role.VALUE, place, equation));
            }
            case SdeItem.ChainEquation equation -> {
                scope.bind(equation.state(), BoundName.Role.STATE, equation.stateSpan(), equation);
                behind(equation.stateSpan(), equation.index())
                        .ifPresent(place -> scope.bind(equation.index(), BoundName.Role.VALUE, place, equation));
            }
        }
    }

    private static Span first(Span line, String name) {
        return line.source().span(line.start(), line.start() + name.length());
    }

    /** The place of the name in the bracket behind a state: {@code x(t)}, {@code x[i]}. */
    private static Optional<Span> behind(Span state, String name) {
        Matcher found = Pattern.compile("\\G\\s*[(\\[]\\s*(" + Pattern.quote(name) + ")")
                .matcher(state.source().text());
        return found.find(state.end())
                ? Optional.of(state.source().span(found.start(1), found.end(1)))
                : Optional.empty();
    }

    private void visit(SdeItem item, NameScope scope) {
        if (item instanceof SdeItem.LocalFunction local) {
            NameScope inside = scope.inner(local.span());
            local.variables().forEach(inside::bind);
            children(local, inside);
            close(inside);
        } else {
            children(item, scope);
        }
    }
}
