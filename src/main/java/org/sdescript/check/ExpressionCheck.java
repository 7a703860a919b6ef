package org.sdescript.check;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/** Resolves the names of expressions and checks calls against the known callees. */
final class ExpressionCheck {
    private static final Set<Kind> FIELDLESS = EnumSet.of(Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.LIST, Kind.SDE);

    /** The use of a name, which decides the names to suggest for it. */
    private enum Use {
        CALLED,
        OPERAND,
        VALUE
    }

    private final Findings findings;
    private final Globals globals;
    private final StaticValues facts;
    private final Set<String> reported = new HashSet<>();

    /** Unknown names reported inside {@code try}, as warnings; outside they are still errors. */
    private final Set<String> doubted = new HashSet<>();

    private final Map<Span, Scope> scopes = new IdentityHashMap<>();

    ExpressionCheck(Findings findings, Globals globals) {
        this.findings = findings;
        this.globals = globals;
        this.facts = new StaticValues(globals);
    }

    /** Records the text in which the names of a scope are visible; returns the scope. */
    Scope inside(Span text, Scope scope) {
        scopes.put(text, scope);
        return scope;
    }

    /** The recorded scopes with the names that they have by now, outer scopes before inner ones. */
    List<ScopeFacts> scopes() {
        return scopes.entrySet().stream()
                .map(entry -> new ScopeFacts(entry.getKey(), entry.getValue().names()))
                .sorted(Comparator.comparingInt((ScopeFacts its) -> its.span().start())
                        .thenComparingInt(its -> -its.span().end()))
                .toList();
    }

    /** The known facts about an expression's value. */
    Optional<StaticValue> known(Expression expression, Scope scope) {
        return facts.of(expression, scope);
    }

    void check(Expression expression, Scope scope) {
        switch (expression) {
            case Expression.Number literal -> {}
            case Expression.Bool literal -> {}
            case Expression.None literal -> {}
            case Expression.Text text -> text.parts().forEach(part -> part(part, scope));
            case Expression.Name name -> name(name.name(), name.span(), scope, Use.VALUE);
            case Expression.ListLiteral list -> all(list.elements(), scope);
            case Expression.Comprehension comprehension ->
                comprehension(comprehension, inside(comprehension.span(), scope.inner()));
            case Expression.RecordLiteral literal -> record(literal, scope);
            case Expression.Lambda lambda ->
                check(lambda.body(), inside(lambda.span(), variables(lambda.variables(), scope)));
            case Expression.Negate negate -> operands(List.of(negate.operand()), scope);
            case Expression.Not not -> check(not.operand(), scope);
            case Expression.Binary binary -> operands(List.of(binary.left(), binary.right()), scope);
            case Expression.And and -> all(List.of(and.left(), and.right()), scope);
            case Expression.Or or -> all(List.of(or.left(), or.right()), scope);
            case Expression.Comparison comparison -> all(comparison.operands(), scope);
            case Expression.Conditional choice ->
                all(List.of(choice.condition(), choice.then(), choice.otherwise()), scope);
            case Expression.Range range -> all(List.of(range.from(), range.to()), scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Index index -> {
                check(index.target(), scope);
                index.subscripts().forEach(subscript -> subscript(subscript, scope));
            }
            case Expression.Field field -> {
                if (!isOfForeignModule(field, scope)) {
                    check(field.target(), scope);
                    facts.of(field.target(), scope).ifPresent(target -> field(field, Optional.empty(), target, scope));
                }
            }
        }
    }

    private void all(List<Expression> expressions, Scope scope) {
        expressions.forEach(expression -> check(expression, scope));
    }

    private void operands(List<Expression> operands, Scope scope) {
        for (Expression operand : operands) {
            if (operand instanceof Expression.Name(String name, Span span)) {
                name(name, span, scope, Use.OPERAND);
            } else {
                check(operand, scope);
            }
        }
    }

    private void part(Expression.TextPart part, Scope scope) {
        switch (part) {
            case Expression.TextPart.Literal literal -> {}
            case Expression.TextPart.Interpolation inserted -> check(inserted.value(), scope);
        }
    }

    private void record(Expression.RecordLiteral literal, Scope scope) {
        Set<String> names = new HashSet<>();
        for (Expression.FieldValue field : literal.fields()) {
            if (!names.add(field.name())) {
                findings.ofForm(Diagnostic.error(
                                "E0443",
                                field.value().span(),
                                "the field `" + field.name() + "` is given twice in this record")
                        .help("a record has each of its fields once; give one of the two another name"));
            }
            check(field.value(), scope);
        }
    }

    private void subscript(Subscript subscript, Scope scope) {
        switch (subscript) {
            case Subscript.At at -> check(at.index(), scope);
            case Subscript.Slice slice -> {
                slice.from().ifPresent(from -> check(from, scope));
                slice.to().ifPresent(to -> check(to, scope));
                slice.step().ifPresent(step -> check(step, scope));
            }
        }
    }

    private void comprehension(Expression.Comprehension comprehension, Scope scope) {
        for (Expression.Clause clause : comprehension.clauses()) {
            switch (clause) {
                case Expression.Clause.ForIn each -> {
                    check(each.iterable(), scope);
                    scope.bind(
                            each.targets().stream().map(Statement.Target::name).toList());
                }
                case Expression.Clause.If filter -> check(filter.condition(), scope);
            }
        }
        check(comprehension.element(), scope);
    }

    /** The scope inside a callable, with its variables and parameters bound; reports repeated names. */
    Scope variables(List<Parameter> parameters, Scope scope) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                findings.ofForm(Diagnostic.error(
                        "E0310", parameter.span(), "`" + parameter.name() + "` is taken twice by this callable"));
            }
        }
        Scope inside = scope.inner().bind(names);
        parameters.forEach(parameter -> {
            parameter.defaultValue().ifPresent(value -> check(value, inside));
            DeclaredType.errors(parameter).forEach(findings::ofForm);
        });
        return inside;
    }

    void name(String name, Span span, Scope scope) {
        name(name, span, scope, Use.VALUE);
    }

    private boolean isSettled(String name, Scope scope) {
        return scope.ask(name) == Scope.Answer.KNOWN || globals.names().contains(name) || !globals.complete();
    }

    /** Reports a call such as {@code np.sqrt(2)} once, with its equivalent in this language. */
    private boolean isOfForeignModule(Expression whole, Scope scope) {
        Optional<Expression.Name> module = ForeignCalls.module(whole)
                .filter(name -> !isSettled(name.name(), scope) && scope.ask(name.name()) == Scope.Answer.UNKNOWN);
        if (module.isEmpty()) {
            return false;
        }
        String name = module.get().name();
        Diagnostic unknown = Diagnostic.error("E0301", module.get().span(), "unknown name `" + name + "`");
        findings.add(ForeignCalls.ofModule(whole, word -> isFunction(word, scope), this::slots)
                .or(() -> ForeignNames.name(name))
                .map(unknown::help)
                .orElse(unknown));
        return true;
    }

    private List<String> slots(String function) {
        return globals.known(function).flatMap(StaticValue::signature).stream()
                .flatMap(signature -> signature.slots().stream())
                .map(Signature.Slot::name)
                .toList();
    }

    private boolean isFunction(String name, Scope scope) {
        Optional<StaticValue> known = scope.mentions(name) ? scope.known(name) : globals.known(name);
        return known.filter(its -> its.kind().isCallable()).isPresent();
    }

    private void name(String name, Span span, Scope scope, Use use) {
        Scope.Answer answer = scope.ask(name);
        if (isSettled(name, scope) || reported.contains(name)) {
            return;
        }
        if (!(findings.isAttempt() ? doubted : reported).add(name)) {
            return;
        }
        if (answer == Scope.Answer.LATER) {
            findings.add(Diagnostic.error("E0302", span, "`" + name + "` is used before it has a value")
                    .label("bound only further down"));
        } else {
            Diagnostic unknown = Diagnostic.error("E0301", span, "unknown name `" + name + "`");
            findings.add((use == Use.CALLED ? ForeignNames.called(name) : ForeignNames.name(name))
                    .map(unknown::help)
                    .or(() -> nearest(name, scope, use).map(unknown::meant))
                    .orElse(unknown));
        }
    }

    /** The nearest name: never a plain value for a call, never a callable for an operand. */
    private Optional<String> nearest(String name, Scope scope, Use use) {
        Set<String> known = new HashSet<>(globals.names());
        known.addAll(scope.visible());
        known.removeIf(other -> switch (use) {
            case CALLED -> is(other, scope, false);
            case OPERAND -> is(other, scope, true);
            case VALUE -> false;
        });
        return Spelling.nearest(name, known);
    }

    /** True if the name is known to be callable, or known not to be. */
    private boolean is(String name, Scope scope, boolean callable) {
        Optional<StaticValue> known = scope.mentions(name) ? scope.known(name) : globals.known(name);
        return known.filter(its -> its.kind().isCallable() == callable).isPresent();
    }

    private void call(Expression.Call call, Scope scope) {
        if (isOfForeignModule(call, scope)) {
            call.arguments().forEach(argument -> check(argument.value(), scope));
            return;
        }
        callee(call, scope);
        Optional<StaticValue> known = facts.of(call.callee(), scope);
        Optional<Signature> signature = known.flatMap(StaticValue::signature);
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            int position = i;
            boolean spelled = argument.value() instanceof Expression.Name
                    && signature
                            .filter(its -> its.takesName(position, argument.name()))
                            .isPresent();
            if (!spelled) {
                check(argument.value(), scope);
            }
        }
        known.ifPresent(callee -> call(call, callee, scope));
    }

    private void callee(Expression.Call call, Scope scope) {
        switch (call.callee()) {
            case Expression.Name(String name, Span span) -> name(name, span, scope, Use.CALLED);
            case Expression.Field field
            when !isOfForeignModule(field, scope) -> {
                check(field.target(), scope);
                facts.of(field.target(), scope).ifPresent(target -> field(field, Optional.of(call), target, scope));
            }
            default -> check(call.callee(), scope);
        }
    }

    private void call(Expression.Call call, StaticValue callee, Scope scope) {
        callee.signature()
                .ifPresent(signature ->
                        new CallCheck(callee, signature, value -> facts.of(value, scope), findings).check(call));
        if (!callee.kind().isCallable() && callee.kind() != Kind.NONE) {
            String text = call.callee().span().text();
            boolean hides = call.callee() instanceof Expression.Name name
                    && globals.known(name.name())
                            .flatMap(StaticValue::signature)
                            .isPresent();
            findings.add(Diagnostic.error(
                            "E0402",
                            call.callee().span(),
                            "`" + text + "` is " + callee.kind().words() + " and cannot be called")
                    .help(
                            hides
                                    ? "a name of the script hides the function `" + text + "`; rename it"
                                    : instead(callee.kind(), call, text)));
        }
    }

    private static String instead(Kind kind, Expression.Call call, String text) {
        if (call.callee() instanceof Expression.Field && call.arguments().isEmpty()) {
            return "a field is not called: write `" + text + "`";
        }
        return kind == Kind.NUMBER || kind == Kind.TENSOR
                ? "a product needs its sign: `" + text + "*(…)`"
                : "functions, lambdas, schedules and models can be called";
    }

    /**
     * Reports an unknown field. A module has the names bound by its file; numbers, strings, truth values and lists have
     * no fields.
     */
    private void field(Expression.Field field, Optional<Expression.Call> call, StaticValue target, Scope scope) {
        Globals names = target.names().orElse(Globals.NONE);
        boolean plain = FIELDLESS.contains(target.kind());
        if (!plain && target.names().isEmpty()
                || !names.complete()
                || names.names().contains(field.field())) {
            return;
        }
        Diagnostic error = Diagnostic.error(
                "E0414", field.fieldSpan(), target.kind().words() + " has no field `" + field.field() + "`");
        Diagnostic unknown = plain
                ? error
                : error.note("it has " + names.names().stream().sorted().collect(Collectors.joining(", ")));
        Optional<String> habit = target.kind() == Kind.SDE
                ? Optional.of(
                        "a process has them: write `" + field.target().span().text() + "()." + field.field() + "`")
                : ForeignCalls.method(target.kind(), field, call, word -> isFunction(word, scope));
        findings.add(habit.map(unknown::help)
                .or(() -> Spelling.nearest(field.field(), names.names()).map(unknown::meant))
                .orElse(unknown));
    }
}
