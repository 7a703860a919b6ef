package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;
import org.sdescript.ast.Argument;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;
import org.sdescript.check.ForeignCalls;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/** Evaluates expressions. */
final class Evaluator {
    private static final String CALLED = "called from ";
    /** Code of `fail(…)`, which in the standard library rejects an argument of the script's call. */
    private static final String REFUSED = "E0470";

    private static final String UNKNOWN_FIELD = "E0414";

    private static final int LONGEST_CALL = 80;

    private final Interpreter interpreter;

    Evaluator(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    Value evaluate(Expression expression, Environment scope) {
        return switch (expression) {
            case Expression.Number number -> number(number, scope);
            case Expression.Text text -> text(text, scope);
            case Expression.Bool(boolean value, Span span) -> Value.Bool.of(value);
            case Expression.None none -> Value.None.NONE;
            case Expression.Name(String name, Span span) -> name(name, scope, span);
            case Expression.ListLiteral(var elements, Span span) -> new Value.ListValue(all(elements, scope));
            case Expression.Comprehension comprehension -> comprehension(comprehension, scope);
            case Expression.RecordLiteral(var fields, Span span) -> record(fields, scope);
            case Expression.Lambda lambda -> new LambdaValue(lambda, scope);
            case Expression.Negate(Expression operand, Span span) ->
                ValueArithmetic.negate(evaluate(operand, scope), interpreter.tensors(), span);
            case Expression.Not(Expression operand, Span span) ->
                Comparisons.not(evaluate(operand, scope), interpreter, span);
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.And(Expression left, Expression right, Span span) ->
                Comparisons.and(evaluate(left, scope), () -> evaluate(right, scope), interpreter, span);
            case Expression.Or(Expression left, Expression right, Span span) ->
                Comparisons.or(evaluate(left, scope), () -> evaluate(right, scope), interpreter, span);
            case Expression.Comparison comparison -> comparison(comparison, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Range(Expression from, Expression to, Span span) -> range(from, to, scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Index index -> index(index, scope);
            case Expression.Field field -> field(field, Optional.empty(), scope);
        };
    }

    private List<Value> all(List<Expression> expressions, Environment scope) {
        return expressions.stream().map(each -> evaluate(each, scope)).toList();
    }

    private static Value number(Expression.Number number, Environment scope) {
        return scope.isExact() ? Formulas.exact(number.text(), number.span()) : Value.number(number.value());
    }

    private Value name(String name, Environment scope, Span span) {
        Value value = read(name, scope, span);
        return scope.isExact() ? Formulas.named(name, value, interpreter.tensors(), span) : value;
    }

    /** Evaluates a part that is no operand of a formula: the name of a tensor is the tensor, not a parameter. */
    private Value plain(Expression part, Environment scope) {
        return scope.isExact()
                        && part instanceof Expression.Name(String name, Span span)
                        && TensorParameter.isOfSeveral(scope.find(name), interpreter.tensors())
                ? read(name, scope, span)
                : evaluate(part, scope);
    }

    private Value read(String name, Environment scope, Span span) {
        Value value = scope.find(name);
        if (value == null) {
            throw unknown(name, scope, span);
        }
        Tracer tracer = interpreter.tracer();
        if (tracer != null) {
            tracer.read(scope, Objects.requireNonNull(scope.holder(name)), name, value);
        }
        return value;
    }

    private static SdeError unknown(String name, Environment scope, Span span) {
        Diagnostic error = Diagnostic.error("E0301", span, "unknown name `" + name + "`");
        return ForeignNames.name(name)
                .or(() -> Spelling.nearest(name, scope.names()).map(close -> "did you mean `" + close + "`?"))
                .map(error::help)
                .orElse(error)
                .raise();
    }

    private Value text(Expression.Text text, Environment scope) {
        StringBuilder result = new StringBuilder();
        for (Expression.TextPart part : text.parts()) {
            switch (part) {
                case Expression.TextPart.Literal(String literal) -> result.append(literal);
                case Expression.TextPart.Interpolation(Expression value, String format) ->
                    result.append(ValueFormat.value(plain(value, scope), format, value.span()));
            }
            WorkLimits.textFits(result.length(), text.span());
        }
        return Value.text(result.toString());
    }

    private Value conditional(Expression.Conditional conditional, Environment scope) {
        Value condition = evaluate(conditional.condition(), scope);
        if (condition instanceof ConditionValue open) {
            return Formulas.choose(
                    open,
                    evaluate(conditional.then(), scope),
                    evaluate(conditional.otherwise(), scope),
                    conditional.span());
        }
        return Comparisons.isTrue(
                        condition, interpreter, conditional.condition().span())
                ? evaluate(conditional.then(), scope)
                : evaluate(conditional.otherwise(), scope);
    }

    private Value record(List<Expression.FieldValue> fields, Environment scope) {
        Map<String, Value> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), evaluate(field.value(), scope)));
        return new Value.RecordValue(values);
    }

    private Value binary(Expression.Binary binary, Environment scope) {
        boolean ofMatrices = binary.operator() == BinaryOperator.MATMUL;
        Value left = ofMatrices ? plain(binary.left(), scope) : evaluate(binary.left(), scope);
        AddedElement.refuse(binary.operator(), left, binary.left(), binary.right(), binary.span(), "");
        Value right = ofMatrices ? plain(binary.right(), scope) : evaluate(binary.right(), scope);
        if (ofMatrices && (left instanceof Value.FormulaValue || right instanceof Value.FormulaValue)) {
            left = named(binary.left(), left);
            right = named(binary.right(), right);
        }
        try {
            return ValueArithmetic.binary(binary.operator(), left, right, interpreter.tensors(), binary.span());
        } catch (SdeError error) {
            throw told(
                    error,
                    binary.span(),
                    scope,
                    new ShapeNotes.Operand(binary.left(), left),
                    new ShapeNotes.Operand(binary.right(), right));
        }
    }

    /** Returns a tensor that stands in a formula under its name as a parameter; other values unchanged. */
    private Value named(Expression part, Value value) {
        return part instanceof Expression.Name(String name, Span span) && Tensors.isTensor(value)
                ? Formulas.named(name, value, interpreter.tensors(), span)
                : value;
    }

    private SdeError told(SdeError error, Span span, Environment scope, ShapeNotes.Operand... operands) {
        return ShapeNotes.of(error, span, List.of(operands), scope, interpreter.tensors());
    }

    /** Returns the conjunction of a comparison chain; each middle operand is evaluated once. */
    private Value comparison(Expression.Comparison comparison, Environment scope) {
        Value left = evaluate(comparison.operands().getFirst(), scope);
        Value result = null;
        for (int i = 0; i < comparison.operators().size(); i++) {
            Value right = evaluate(comparison.operands().get(i + 1), scope);
            Value link = link(comparison, i, left, right, scope);
            result = result == null ? link : Comparisons.and(result, () -> link, interpreter, comparison.span());
            left = right;
        }
        return Objects.requireNonNull(result);
    }

    private Value link(Expression.Comparison comparison, int i, Value left, Value right, Environment scope) {
        try {
            return Comparisons.compare(comparison.operators().get(i), left, right, interpreter, comparison.span());
        } catch (SdeError error) {
            throw told(
                    error,
                    comparison.span(),
                    scope,
                    new ShapeNotes.Operand(comparison.operands().get(i), left),
                    new ShapeNotes.Operand(comparison.operands().get(i + 1), right));
        }
    }

    private Value range(Expression from, Expression to, Environment scope) {
        int first = Comparisons.integer(evaluate(from, scope), "the start of a range", interpreter, from.span());
        int last = Comparisons.integer(evaluate(to, scope), "the end of a range", interpreter, to.span());
        return ValueIteration.range(first, last, from.span().to(to.span()));
    }

    private Value comprehension(Expression.Comprehension comprehension, Environment scope) {
        List<Value> results = new ArrayList<>();
        collect(comprehension, 0, scope, results);
        return new Value.ListValue(results);
    }

    /** Opens the scope of one element: a function made there keeps that element's values. */
    private Environment element(Environment scope) {
        Environment local = scope.call(scope.isExact());
        Tracer tracer = interpreter.tracer();
        if (tracer != null) {
            tracer.entered(local);
        }
        return local;
    }

    private void collect(Expression.Comprehension comprehension, int clause, Environment local, List<Value> results) {
        if (clause == comprehension.clauses().size()) {
            results.add(evaluate(comprehension.element(), local));
            return;
        }
        switch (comprehension.clauses().get(clause)) {
            case Expression.Clause.If(Expression condition) -> {
                if (Comparisons.isTrue(evaluate(condition, local), interpreter, condition.span())) {
                    collect(comprehension, clause + 1, local, results);
                }
            }
            case Expression.Clause.ForIn(var targets, Expression iterable) -> {
                Value sequence = plain(iterable, local);
                List<Value> elements =
                        ValueIteration.elements(sequence, targets.size(), interpreter.tensors(), iterable.span());
                if (clause + 1 == comprehension.clauses().size()) {
                    WorkLimits.listFits((double) results.size() + elements.size(), iterable.span());
                }
                for (Value element : elements) {
                    interpreter.session().stop().check();
                    Environment own = element(local);
                    Destructuring.bind(
                            targets, element, own, interpreter, iterable.span(), ValueOrigin.element(iterable.span()));
                    collect(comprehension, clause + 1, own, results);
                }
            }
        }
    }

    private Value index(Expression.Index index, Environment scope) {
        Value target = plain(index.target(), scope);
        try {
            return Formulas.element(interpreter, index, target, part -> evaluate(part, scope))
                    .orElseGet(() -> Indexing.index(
                            target,
                            index.subscripts(),
                            part -> evaluate(part, scope),
                            interpreter.tensors(),
                            index.span()));
        } catch (SdeError error) {
            throw told(error, index.span(), scope, new ShapeNotes.Operand(index.target(), target));
        }
    }

    private Value call(Expression.Call call, Environment scope) {
        Value callee = call.callee() instanceof Expression.Field field
                ? field(field, Optional.of(call), scope)
                : evaluate(call.callee(), scope);
        if (!(callee instanceof Callable callable)) {
            throw notCallable(call, callee).raise();
        }
        List<ShapeNotes.Operand> operands = new ArrayList<>(call.arguments().size());
        Arguments arguments = arguments(call, callable, scope, operands);
        try {
            return Formulas.namedCall(interpreter, call, callable, arguments)
                    .orElseGet(() -> interpreter.call(callable, arguments));
        } catch (SdeError error) {
            throw placed(error, call.span(), operands, scope);
        } catch (Undefined | TooLarge reason) {
            throw Formulas.undefined(reason, call.span());
        }
    }

    /** Evaluates an argument; an unbound name in a slot that takes a variable evaluates to its own text. */
    private Value argument(
            Argument argument, int position, Callable callable, boolean takesFormulas, Environment scope) {
        boolean spelled = argument.value() instanceof Expression.Name(String name, Span span)
                && scope.holder(name) == null
                && callable.signature()
                        .slot(position, argument.name())
                        .filter(slot -> slot.wanted().equals(ParameterType.VARIABLE))
                        .isPresent();
        if (spelled) {
            return Value.text(((Expression.Name) argument.value()).name());
        }
        return takesFormulas ? evaluate(argument.value(), scope) : plain(argument.value(), scope);
    }

    private Arguments arguments(
            Expression.Call call, Callable callable, Environment scope, List<ShapeNotes.Operand> operands) {
        List<Value> positional = new ArrayList<>(call.arguments().size());
        Map<String, Value> named = Map.of();
        boolean takesFormulas = Formulas.takes(callable, call.arguments().size());
        for (Argument argument : call.arguments()) {
            Value value = argument(argument, positional.size(), callable, takesFormulas, scope);
            operands.add(new ShapeNotes.Operand(argument.value(), value));
            if (argument.name().isEmpty()) {
                positional.add(value);
            } else {
                named = named.isEmpty() ? new LinkedHashMap<>() : named;
                named.put(argument.name().get(), value);
            }
        }
        return new Arguments(positional, named, call.span(), call.arguments());
    }

    /** Evaluates a field; some fields are computed on access, such as the transition of a process. */
    private Value field(Expression.Field field, Optional<Expression.Call> call, Environment scope) {
        Value target = plain(field.target(), scope);
        try {
            return FieldAccess.of(target, field.field(), interpreter, field.fieldSpan());
        } catch (SdeError error) {
            throw placed(foreign(error, target, field, call), field.span(), List.of(), scope);
        } catch (Undefined | TooLarge reason) {
            throw Formulas.undefined(reason, field.span());
        }
    }

    /** Adds to the error of an unknown field the right spelling or call, if known. */
    private SdeError foreign(SdeError error, Value target, Expression.Field field, Optional<Expression.Call> call) {
        Diagnostic first = error.diagnostics().getFirst();
        boolean lacks = first.code().equals(UNKNOWN_FIELD)
                && first.span().filter(field.fieldSpan()::equals).isPresent();
        return lacks
                ? unknownField(target, field, call)
                        .map(help -> first.help(help).raise())
                        .orElse(error)
                : error;
    }

    private Optional<String> unknownField(Value target, Expression.Field field, Optional<Expression.Call> call) {
        return target instanceof ProcessDeclaration
                ? Optional.of(
                        "a process has them: write `" + field.target().span().text() + "()." + field.field() + "`")
                : ForeignCalls.method(
                        target.kind(), field, call, name -> interpreter.root().own(name) instanceof Callable);
    }

    private Diagnostic notCallable(Expression.Call call, Value callee) {
        String text = call.callee().span().text();
        Diagnostic error = Diagnostic.error(
                "E0402", call.callee().span(), "`" + text + "` is " + kind(callee) + " and cannot be called");
        boolean shadows = call.callee() instanceof Expression.Name(String name, Span span)
                && interpreter.root().own(name) instanceof Callable;
        if (shadows) {
            return error.help("a name of the script hides the function `" + text + "`; rename it");
        }
        if (call.callee() instanceof Expression.Field && call.arguments().isEmpty()) {
            return error.help("a field is not called: write `" + text + "`");
        }
        return switch (callee) {
            case Value.Num number -> error.help("a product needs its sign: `" + text + "*(…)`");
            case Value.TensorLike tensor -> error.help("a product needs its sign: `" + text + "*(…)`");
            case Value.FormulaValue formula ->
                error.help("a schedule of one value is `constant(value = " + Formulas.print(formula) + ")`");
            default -> error.help("functions, lambdas, schedules and models can be called");
        };
    }

    /**
     * Places an error without a span at this call. An error inside the standard library also gets a note with the
     * script's call.
     */
    private SdeError placed(SdeError error, Span call, List<ShapeNotes.Operand> operands, Environment scope) {
        if (error.diagnostics().stream().noneMatch(diagnostic -> gains(diagnostic, call))) {
            return ShapeNotes.ofCaller(error, call, operands, scope, interpreter.tensors());
        }
        SdeError placed = new SdeError(error.diagnostics().stream()
                .map(diagnostic -> gains(diagnostic, call)
                        ? ShapeNotes.ofCall(at(diagnostic, call), call, operands, scope, interpreter.tensors())
                        : diagnostic)
                .toList());
        placed.initCause(error);
        return placed;
    }

    private static boolean gains(Diagnostic diagnostic, Span call) {
        return diagnostic.span().isEmpty()
                || BuiltinLibrary.holds(diagnostic.span().get())
                        && !BuiltinLibrary.holds(call)
                        && diagnostic.notes().stream().noneMatch(note -> note.startsWith(CALLED));
    }

    private static Diagnostic at(Diagnostic diagnostic, Span call) {
        if (diagnostic.code().equals(REFUSED)) {
            return Diagnostic.error(REFUSED, call, diagnostic.message());
        }
        return diagnostic.span().isEmpty()
                ? diagnostic.at(call)
                : diagnostic.note(CALLED + call.location() + ": " + brief(call.text()));
    }

    /** Returns the kind of a value for messages: an exact constant is "a number" to the script's author. */
    private static String kind(Value value) {
        return value instanceof Value.FormulaValue formula
                        && Formulas.constant(formula).isPresent()
                ? "a number"
                : value.words();
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() == text.length() && line.length() <= LONGEST_CALL
                ? line
                : line.substring(0, Math.min(line.length(), LONGEST_CALL)) + "…";
    }
}
