package org.sdescript.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Children;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parsed;

/** Finds the errors of a program without running it. */
public final class Checker {
    private static final Set<Kind> TYPED = EnumSet.of(Kind.NUMBER, Kind.BOOLEAN, Kind.TEXT, Kind.LIST);

    private final Findings findings = new Findings();
    private final Globals globals;
    private final ImportedNames imports;
    private final ExpressionCheck expressions;

    private Checker(Globals globals, ImportedNames imports) {
        this.globals = globals;
        this.imports = imports;
        this.expressions = new ExpressionCheck(findings, globals);
    }

    /** The errors of a text whose imports are not read: an import without alias may bind any name. */
    public static List<Diagnostic> check(Parsed parsed, Globals globals) {
        return check(parsed, globals, ImportedNames.UNREAD).findings();
    }

    /**
     * The errors of a text, including its syntax errors. A statement with a syntax error is parsed only in part, so no
     * other error is reported for it.
     */
    public static CheckedProgram check(Parsed parsed, Globals globals, ImportedNames imports) {
        return DeepStack.run(() -> checked(parsed, globals, imports));
    }

    private static CheckedProgram checked(Parsed parsed, Globals globals, ImportedNames imports) {
        Program program = parsed.program();
        boolean complete = program.statements().stream()
                .flatMap(Children::all)
                .noneMatch(node -> node instanceof Statement.Import module
                        && module.alias().isEmpty()
                        && imports.brought(module).filter(Globals::complete).isEmpty());
        Globals known = globals.and(parsed.lost());
        Checker checker = new Checker(complete ? known : known.andUnknown(), imports);
        Scope scope = Scope.outermost().willBind(List.copyOf(parsed.lost()));
        checker.body(program.statements(), scope, Surroundings.TOP);
        checker.expressions.inside(program.span(), scope);
        Globals exports = scope.names().without(program.locals()).and(parsed.lost());
        return new CheckedProgram(
                checker.sorted(parsed),
                complete ? scope.names() : scope.names().andUnknown(),
                complete ? exports : exports.andUnknown(),
                checker.expressions.scopes());
    }

    private List<Diagnostic> sorted(Parsed parsed) {
        List<Span> broken = parsed.diagnostics().stream()
                .flatMap(mistake -> mistake.span().stream())
                .toList();
        List<Span> doubtful = parsed.program().statements().stream()
                .map(Statement::span)
                .filter(statement -> broken.stream().anyMatch(mistake -> overlap(statement, mistake)))
                .toList();
        Stream<Diagnostic> further = findings.sorted().stream().filter(finding -> doubtful.stream()
                .noneMatch(statement -> overlap(statement, finding.span().orElseThrow())));
        Findings all = new Findings();
        Stream.concat(parsed.diagnostics().stream(), further).forEach(all::add);
        return all.sorted();
    }

    private static boolean overlap(Span left, Span right) {
        return left.start() <= right.end() && right.start() <= left.end();
    }

    /**
     * The context of a statement, which decides if {@code return}, {@code break} and {@code param} are allowed.
     *
     * @param sure true if the statement runs whenever the body runs
     * @param kernel true if the body is compiled
     */
    private record Surroundings(boolean callable, boolean loop, boolean sure, boolean kernel) {
        private static final Surroundings TOP = new Surroundings(false, false, true, false);

        static Surroundings of(CallableKind kind) {
            boolean onHost =
                    switch (kind) {
                        case FN, SCHEDULE, SAMPLER -> true;
                        case KERNEL, LOSS, METHOD, NETWORK, PREDICTOR, CORRECTOR -> false;
                    };
            return new Surroundings(true, false, true, !onHost);
        }

        Surroundings inLoop() {
            return new Surroundings(callable, true, false, kernel);
        }

        Surroundings inBranch() {
            return new Surroundings(callable, loop, false, kernel);
        }
    }

    private void body(List<Statement> statements, Scope scope, Surroundings in) {
        List<String> names = new ArrayList<>(BoundNames.of(statements));
        statements.forEach(statement -> names.addAll(brought(statement)));
        scope.willBind(names).bind(BoundNames.declared(statements));
        statements.forEach(statement -> declared(statement)
                .filter(signature -> !globals.names().contains(signature.name()))
                .ifPresent(
                        signature -> learn(signature.name(), Optional.of(StaticValue.callable(signature)), scope, in)));
        duplicates(statements);
        statements.forEach(statement -> statement(statement, scope, in));
    }

    private Set<String> brought(Statement statement) {
        return statement instanceof Statement.Import module && module.alias().isEmpty()
                ? imports.brought(module).map(Globals::names).orElse(Set.of())
                : Set.of();
    }

    private static Optional<Signature> declared(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declaration -> Optional.of(Signature.of(declaration));
            case Statement.SdeDeclaration declaration -> Optional.of(Signature.of(declaration));
            default -> Optional.empty();
        };
    }

    private void learn(String name, Optional<StaticValue> value, Scope scope, Surroundings in) {
        if (in.sure() && globals.complete()) {
            scope.learn(name, value);
        }
    }

    /** Binds the names of the imported file; with an alias, a module that holds them. */
    private void imported(Statement.Import module, Scope scope, Surroundings in) {
        Optional<Globals> brought = imports.brought(module);
        if (module.alias().isPresent()) {
            String alias = module.alias().get();
            scope.bind(Set.of(alias));
            learn(alias, brought.map(StaticValue::module), scope, in);
            return;
        }
        brought.ifPresent(names -> {
            scope.bind(names.names());
            names.known().forEach((name, value) -> learn(name, Optional.of(value), scope, in));
        });
    }

    private void block(Block block, Scope scope, Surroundings in) {
        block.statements().forEach(statement -> statement(statement, scope, in));
    }

    private void duplicates(List<Statement> statements) {
        Set<String> names = new HashSet<>();
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Declaration declaration ->
                    findings.once(declaration.name(), declaration.nameSpan(), names);
                case Statement.SdeDeclaration declaration ->
                    findings.once(declaration.name(), declaration.nameSpan(), names);
                case Statement.Param param -> findings.once(param.name(), param.nameSpan(), names);
                default -> {}
            }
        }
    }

    private void statement(Statement statement, Scope scope, Surroundings in) {
        switch (statement) {
            case Statement.Import module -> {
                onlyAtTop("import", true, module.span(), in);
                imported(module, scope, in);
            }
            case Statement.Param param -> {
                onlyAtTop("param", true, param.span(), in);
                expressions.check(param.value(), scope);
                scope.bind(Set.of(param.name()));
                learn(param.name(), typed(param, scope), scope, in);
            }
            case Statement.Declaration declaration -> {
                onlyAtTop("local", declaration.local(), declaration.nameSpan(), in);
                declaration(declaration, scope);
                learn(declaration.name(), declared(declaration).map(StaticValue::callable), scope, in);
            }
            case Statement.SdeDeclaration declaration -> {
                onlyAtTop("local", declaration.local(), declaration.nameSpan(), in);
                new SdeNames(declaration, expressions, findings).check(scope);
                scope.bind(Set.of(declaration.name()));
                learn(declaration.name(), declared(declaration).map(StaticValue::callable), scope, in);
            }
            case Statement.Bind bind -> {
                expressions.check(bind.value(), scope);
                scope.bind(names(bind.targets()));
                if (bind.targets().size() == 1) {
                    learn(bind.targets().getFirst().name(), expressions.known(bind.value(), scope), scope, in);
                }
            }
            case Statement.Update update -> {
                expressions.check(update.value(), scope);
                expressions.name(update.target().name(), update.target().span(), scope);
                if (in.callable() && scope.isOuter(update.target().name())) {
                    findings.add(StatementErrors.outer(update));
                }
            }
            case Statement.Evaluate evaluate -> expressions.check(evaluate.expression(), scope);
            case Statement.If branch -> {
                expressions.check(branch.condition(), scope);
                block(branch.then(), scope, in.inBranch());
                branch.otherwise().ifPresent(block -> block(block, scope, in.inBranch()));
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
            case Statement.Try attempt -> {
                if (in.kernel()) {
                    findings.ofForm(StatementErrors.tryInKernel(attempt.span()));
                }
                findings.attempting(() -> block(attempt.body(), scope, in.inBranch()));
                attempt.error().ifPresent(error -> scope.bind(Set.of(error.name())));
                block(attempt.handler(), scope, in.inBranch());
            }
            case Statement.Return result -> {
                result.values().forEach(value -> expressions.check(value, scope));
                if (!in.callable()) {
                    findings.ofForm(Diagnostic.error("E0308", result.span(), "`return` outside of a callable"));
                }
            }
            case Statement.Break leave -> inLoop("break", leave.span(), in);
            case Statement.Continue next -> inLoop("continue", next.span(), in);
        }
    }

    /**
     * The type of a parameter's default, which every value from the command line has, too; empty without a typed
     * default.
     */
    private Optional<StaticValue> typed(Statement.Param param, Scope scope) {
        return expressions.known(param.value(), scope).filter(value -> TYPED.contains(value.kind()));
    }

    private static List<String> names(List<Statement.Target> targets) {
        return targets.stream().map(Statement.Target::name).toList();
    }

    /**
     * Checks a loop's body with all its names bound, because an early line may read a name bound in the round before.
     */
    private void loop(Block body, Scope scope, Surroundings in) {
        block(body, scope.bind(BoundNames.of(body.statements())), in.inLoop());
    }

    private void onlyAtTop(String word, boolean stands, Span span, Surroundings in) {
        if (stands && in.callable()) {
            findings.ofForm(Diagnostic.error("E0312", span, "`" + word + "` inside a callable")
                    .help(
                            word.equals("local")
                                    ? "names of a callable's body are its own without `local`"
                                    : "put it at the top level of the script"));
        }
    }

    private void inLoop(String word, Span span, Surroundings in) {
        if (!in.loop()) {
            findings.ofForm(Diagnostic.error("E0307", span, "`" + word + "` outside of a loop"));
        }
    }

    /** Reports an order that is no number above 0, or reads a variable, whose value is known in a step only. */
    private void order(Expression order, Statement.Declaration declaration) {
        Map<String, Constant> known = Signature.of(declaration).values(Map.of());
        boolean wrong = new ConstantFolding(known)
                .of(order)
                .filter(value -> !(value instanceof Constant.Number(double number)
                        && number > 0
                        && number < Double.POSITIVE_INFINITY))
                .isPresent();
        boolean early = order instanceof Expression.Name name
                && declaration.variables().stream()
                        .anyMatch(it -> it.name().equals(name.name())
                                && it.defaultValue().isEmpty());
        if (wrong || early) {
            findings.ofForm(Diagnostic.error(
                            "E0315", order.span(), "`" + order.span().text() + "` is no order of " + declaration.name())
                    .help("an order is a number above 0, and may read the parameters"));
        }
    }

    private void declaration(Statement.Declaration declaration, Scope scope) {
        List<Parameter> taken = Stream.concat(declaration.variables().stream(), declaration.parameters().stream())
                .toList();
        Scope inside = expressions.inside(declaration.span(), expressions.variables(taken, scope));
        declaration.order().ifPresent(order -> {
            expressions.check(order.value(), inside);
            order(order.value(), declaration);
        });
        switch (declaration.body()) {
            case Body.Single single -> expressions.check(single.expression(), inside);
            case Body.Native shown ->
                findings.ofForm(Diagnostic.error("E0314", shown.span(), "a `native fn` has its body in sde itself")
                        .help("write `fn " + declaration.name() + "(…) = …`"));
            case Body.Statements statements ->
                body(statements.block().statements(), inside, Surroundings.of(declaration.kind()));
        }
        scope.bind(Set.of(declaration.name()));
    }
}
