package org.sdescript.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parsed;

/** Finds the mistakes of a program that show without running it. */
public final class Checker {
    private final Findings findings = new Findings();
    private final Expressions expressions;

    private Checker(Program program, Globals globals) {
        this.expressions = new Expressions(findings, globals, signatures(program, globals));
    }

    /** All errors, sorted by place. A program that imports without alias may have any name, so none is called unknown. */
    public static List<Diagnostic> check(Program program, Globals globals) {
        boolean imports = program.statements().stream()
                .anyMatch(statement -> statement instanceof Statement.Import module
                        && module.alias().isEmpty());
        return run(program, imports ? globals.andUnknown() : globals);
    }

    /** The same where the names that the imports without alias bring are known. */
    public static List<Diagnostic> check(Program program, Globals globals, Set<String> imported) {
        return run(program, globals.and(imported));
    }

    /**
     * The errors of a text, those of its syntax included. Statements with a syntax error are known in part only, so
     * nothing further is said of them.
     */
    public static List<Diagnostic> check(Parsed parsed, Globals globals) {
        List<Span> broken = parsed.diagnostics().stream()
                .flatMap(mistake -> mistake.span().stream())
                .toList();
        List<Span> doubtful = parsed.program().statements().stream()
                .map(Statement::span)
                .filter(statement -> broken.stream().anyMatch(mistake -> overlap(statement, mistake)))
                .toList();
        Stream<Diagnostic> further = check(parsed.program(), globals.and(parsed.lost())).stream()
                .filter(finding -> doubtful.stream()
                        .noneMatch(
                                statement -> overlap(statement, finding.span().orElseThrow())));
        Findings all = new Findings();
        Stream.concat(parsed.diagnostics().stream(), further).forEach(all::add);
        return all.sorted();
    }

    private static boolean overlap(Span left, Span right) {
        return left.start() <= right.end() && right.start() <= left.end();
    }

    private static List<Diagnostic> run(Program program, Globals globals) {
        return DeepStack.run(() -> {
            Checker checker = new Checker(program, globals);
            checker.body(program.statements(), Scope.outermost(), Surroundings.TOP);
            return checker.findings.sorted();
        });
    }

    /** What a statement stands in: it decides whether {@code return}, {@code break} and {@code param} mean anything. */
    private record Surroundings(boolean callable, boolean loop) {
        private static final Surroundings TOP = new Surroundings(false, false);
        private static final Surroundings CALLABLE = new Surroundings(true, false);

        Surroundings inLoop() {
            return new Surroundings(callable, true);
        }
    }

    /** What calls can rely on: declared at the top level, bound nowhere else, and not over a name that was there before. */
    private static Map<String, Signature> signatures(Program program, Globals globals) {
        Map<String, Long> bound = Bindings.of(program.statements()).stream()
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        Map<String, Signature> signatures = new HashMap<>();
        for (Statement statement : program.statements()) {
            switch (statement) {
                case Statement.Declaration declaration -> signatures.put(declaration.name(), Signature.of(declaration));
                case Statement.SdeDeclaration declaration ->
                    signatures.put(declaration.name(), Signature.of(declaration));
                default -> {}
            }
        }
        signatures
                .keySet()
                .removeIf(name ->
                        bound.getOrDefault(name, 0L) > 1 || globals.names().contains(name));
        return signatures;
    }

    private void body(List<Statement> statements, Scope scope, Surroundings in) {
        scope.willBind(Bindings.of(statements)).bind(Bindings.declared(statements));
        duplicates(statements);
        statements.forEach(statement -> statement(statement, scope, in));
    }

    private void block(Block block, Scope scope, Surroundings in) {
        block.statements().forEach(statement -> statement(statement, scope, in));
    }

    private void duplicates(List<Statement> statements) {
        Set<String> names = new HashSet<>();
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Declaration declaration -> once(declaration.name(), declaration.nameSpan(), names);
                case Statement.SdeDeclaration declaration -> once(declaration.name(), declaration.nameSpan(), names);
                case Statement.Param param -> once(param.name(), param.nameSpan(), names);
                default -> {}
            }
        }
    }

    private void once(String name, Span span, Set<String> names) {
        if (!names.add(name)) {
            findings.add(Diagnostic.error("E0309", span, "`" + name + "` is declared twice")
                    .help("give one of the two another name"));
        }
    }

    private void statement(Statement statement, Scope scope, Surroundings in) {
        switch (statement) {
            case Statement.Import module -> {
                onlyAtTop("import", module.span(), in);
                module.alias().ifPresent(alias -> scope.bind(Set.of(alias)));
            }
            case Statement.Param param -> {
                onlyAtTop("param", param.span(), in);
                expressions.check(param.value(), scope);
                scope.bind(Set.of(param.name()));
            }
            case Statement.Declaration declaration -> declaration(declaration, scope);
            case Statement.SdeDeclaration declaration -> sde(declaration, scope);
            case Statement.Bind bind -> {
                expressions.check(bind.value(), scope);
                scope.bind(names(bind.targets()));
            }
            case Statement.Update update -> {
                expressions.check(update.value(), scope);
                expressions.name(update.target().name(), update.target().span(), scope);
            }
            case Statement.Evaluate evaluate -> expressions.check(evaluate.expression(), scope);
            case Statement.If branch -> {
                expressions.check(branch.condition(), scope);
                block(branch.then(), scope, in);
                branch.otherwise().ifPresent(block -> block(block, scope, in));
            }
            case Statement.For loop -> {
                expressions.check(loop.iterable(), scope);
                loop(loop.body(), scope.bind(names(loop.targets())), in);
            }
            case Statement.While loop -> {
                expressions.check(loop.condition(), scope);
                loop(loop.body(), scope, in);
            }
            case Statement.Repeat loop -> {
                expressions.check(loop.count(), scope);
                loop(loop.body(), scope, in);
            }
            case Statement.Return result -> {
                result.values().forEach(value -> expressions.check(value, scope));
                if (!in.callable()) {
                    findings.add(Diagnostic.error("E0308", result.span(), "`return` outside of a callable"));
                }
            }
            case Statement.Break leave -> inLoop("break", leave.span(), in);
            case Statement.Continue next -> inLoop("continue", next.span(), in);
        }
    }

    private static List<String> names(List<Statement.Target> targets) {
        return targets.stream().map(Statement.Target::name).toList();
    }

    /** What a later round of the loop binds, an earlier line may read in the next. */
    private void loop(Block body, Scope scope, Surroundings in) {
        block(body, scope.bind(Bindings.of(body.statements())), in.inLoop());
    }

    private void onlyAtTop(String word, Span span, Surroundings in) {
        if (in.callable()) {
            findings.add(Diagnostic.error("E0312", span, "`" + word + "` inside a callable")
                    .help("put it at the top level of the script"));
        }
    }

    private void inLoop(String word, Span span, Surroundings in) {
        if (!in.loop()) {
            findings.add(Diagnostic.error("E0307", span, "`" + word + "` outside of a loop"));
        }
    }

    private void declaration(Statement.Declaration declaration, Scope scope) {
        List<Parameter> taken = Stream.concat(declaration.variables().stream(), declaration.parameters().stream())
                .toList();
        Scope inside = expressions.variables(taken, scope);
        switch (declaration.body()) {
            case Body.Single single -> expressions.check(single.expression(), inside);
            case Body.Statements statements -> body(statements.block().statements(), inside, Surroundings.CALLABLE);
        }
        scope.bind(Set.of(declaration.name()));
    }

    private void sde(Statement.SdeDeclaration declaration, Scope scope) {
        new SdeCheck(declaration, findings).check();
        Scope inside = expressions.variables(declaration.parameters(), scope).bind(Set.of("t", "noise"));
        Set<String> locals = new HashSet<>();
        declaration.items().forEach(item -> inside.bind(bound(item, locals)));
        declaration.items().forEach(item -> item(item, inside));
        scope.bind(Set.of(declaration.name()));
    }

    private Set<String> bound(SdeItem item, Set<String> locals) {
        return switch (item) {
            case SdeItem.TimeDomain domain -> Set.of(domain.time());
            case SdeItem.ChainIndex index -> Set.of(index.index(), "N");
            case SdeItem.LocalValue local -> {
                once(local.name(), local.nameSpan(), locals);
                yield Set.of(local.name());
            }
            case SdeItem.LocalFunction local -> {
                once(local.name(), local.nameSpan(), locals);
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
                expressions.check(local.value(), expressions.variables(local.variables(), scope));
            case SdeItem.Stratonovich word -> {}
            case SdeItem.ItoEquation equation ->
                equation.terms()
                        .forEach(term -> term.coefficient().ifPresent(value -> expressions.check(value, scope)));
            case SdeItem.TransitionEquation equation -> expressions.check(equation.value(), scope);
            case SdeItem.ChainEquation equation -> expressions.check(equation.value(), scope);
        }
    }
}
