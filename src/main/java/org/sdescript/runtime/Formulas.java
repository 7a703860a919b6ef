package org.sdescript.runtime;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.algebra.Definition;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Text;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;
import org.sdescript.ast.Argument;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.Chain;
import org.sdescript.source.Span;

/** Formulas as values of the interpreter: converts exact numbers, operators and calls of named functions to algebra. */
public final class Formulas {
    /** The code of the error for a value that is no part of a formula. */
    static final String NO_PART = "E0440";

    private static final int MOST_DIGITS = 1000;

    private Formulas() {}

    /** Returns the exact rational value of a literal. */
    static Value exact(String literal, Span span) {
        BigDecimal written = new BigDecimal(literal.replace("_", ""));
        if (written.precision() > MOST_DIGITS || Math.abs((long) written.scale()) > MOST_DIGITS) {
            throw Diagnostic.error("E0932", span, "this number has too many digits for a formula")
                    .help("numbers go from 1e-324 to 1e308, with 17 digits that count")
                    .raise();
        }
        return new Value.FormulaValue(Expr.of(Rational.of(written)));
    }

    /** Returns the number most likely written for a double: a decimal, a small fraction of 1 or π, or a root. */
    static Value exact(double value) {
        return Double.isFinite(value) ? new Value.FormulaValue(Expr.of(value)) : Value.number(value);
    }

    /**
     * Returns the value of a name as a formula: of a number the exact number, of a tensor a parameter by that name.
     * Returns all other values unchanged.
     */
    public static Value named(String name, Value value, Tensors tensors, Span span) {
        return value instanceof Value.Num(double number)
                ? exact(number)
                : TensorParameter.formula(name, value, tensors, span);
    }

    public static String print(Value.FormulaValue formula) {
        return Text.of(formula.expression());
    }

    /** Returns the number of a formula without symbols and parameters. */
    public static OptionalDouble constant(Value.FormulaValue formula) {
        return formula.expression().isNumber()
                ? OptionalDouble.of(Evaluation.of(formula.expression()))
                : OptionalDouble.empty();
    }

    /** Converts a value to a formula; numbers are exact, tensors are an error. */
    public static Expr expression(Value value, Span span) {
        return switch (value) {
            case Value.FormulaValue(Expr expression) -> expression;
            case Value.Num(double number) when Double.isFinite(number) -> Expr.of(number);
            case Value.TensorLike tensor
            when Tensors.isTensor(tensor) ->
                throw Diagnostic.error(NO_PART, span, "a tensor without a name cannot be part of a formula")
                        .help(
                                "give it a name, by which the formula is printed: as a parameter of the sde, or in a line of"
                                        + " its own such as `mu = tensor([1, 2])`; its numbers are floating-point numbers")
                        .raise();
            default ->
                throw Diagnostic.error(NO_PART, span, refusal(value))
                        .help("formulas are made of numbers, parameters, t and the states")
                        .raise();
        };
    }

    /** Returns an operand as a formula: of a name with a tensor, a parameter by that name. */
    private static Expr operand(Argument written, Value value, Tensors tensors) {
        Value named = written.value() instanceof Expression.Name(String name, Span place)
                ? named(name, value, tensors, place)
                : value;
        return expression(named, written.value().span());
    }

    /** True for a built-in of formulas, in whose arguments the name of a tensor is a parameter. */
    static boolean takes(Callable callable, int arguments) {
        String name = callable instanceof Builtin builtin ? builtin.signature().name() : "";
        return switch (name) {
            case "min", "max" -> arguments > 1;
            case "sqrt", "expm1", "log1p", "sigmoid", "silu", "relu", "gelu", "elu", "softplus", "clip", "where" ->
                true;
            default -> Elementary.named(name).isPresent();
        };
    }

    /** The message of the error for a value that is no part of a formula. */
    static String refusal(Value value) {
        String words = value instanceof Value.Num(double number) ? ValueText.number(number) : value.words();
        return words + " cannot be part of a formula";
    }

    static Value negate(Value.FormulaValue formula) {
        return new Value.FormulaValue(formula.expression().negate());
    }

    static Value binary(BinaryOperator operator, Value left, Value right, Span span) {
        if (operator == BinaryOperator.MATMUL) {
            return MatrixParameter.product(left, right, span);
        }
        Expr a = expression(left, span);
        Expr b = expression(right, span);
        try {
            return new Value.FormulaValue(
                    switch (operator) {
                        case ADD -> a.plus(b);
                        case SUBTRACT -> a.minus(b);
                        case MULTIPLY -> a.times(b);
                        case DIVIDE -> a.over(b);
                        case POWER -> Expr.power(a, b);
                        case MODULO, MATMUL ->
                            throw Diagnostic.error(
                                            "E0440", span, "`" + operator.symbol() + "` has no place in a formula")
                                    .help("formulas have + - * / and ^")
                                    .raise();
                    });
        } catch (Undefined | TooLarge reason) {
            throw undefined(reason, span);
        }
    }

    /** Applies an elementary function to formulas. */
    public static Value apply(Elementary function, Span span, Value... arguments) {
        Expr[] expressions = new Expr[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            expressions[i] = expression(arguments[i], span);
        }
        try {
            return new Value.FormulaValue(Expr.apply(function, expressions));
        } catch (Undefined | TooLarge reason) {
            throw undefined(reason, span);
        }
    }

    /** Returns the error for a formula without a value. */
    static SdeError undefined(ArithmeticException reason, Span span) {
        if (reason instanceof TooLarge) {
            return Diagnostic.error("E0636", span, String.valueOf(reason.getMessage()))
                    .help("formulas are worked out in full; a loop that builds one doubles it with each round")
                    .raise();
        }
        return Diagnostic.error("E0441", span, "this formula has no value: " + reason.getMessage())
                .help("a term that vanishes needs no coefficient; a limit has to be written out")
                .raise();
    }

    /** Applies a function composed of elementary functions. */
    public static Value compose(UnaryOperator<Expr> function, Value.FormulaValue argument, Span span) {
        try {
            return new Value.FormulaValue(function.apply(argument.expression()));
        } catch (Undefined | TooLarge reason) {
            throw undefined(reason, span);
        }
    }

    /** Returns a formula that chooses between two formulas by a condition on symbols. */
    public static Value choose(ConditionValue condition, Value then, Value otherwise, Span span) {
        try {
            return new Value.FormulaValue(condition.choose(expression(then, span), expression(otherwise, span)));
        } catch (Undefined | TooLarge reason) {
            throw undefined(reason, span);
        }
    }

    /**
     * Returns a call of a user's function inside a formula as a named call, β(t) with the definition of β; empty for
     * an ordinary call.
     */
    static Optional<Value> namedCall(
            Interpreter interpreter, Expression.Call call, Callable callable, Arguments arguments) {
        List<Value> positional = arguments.positional();
        if (callable instanceof Builtin || !arguments.named().isEmpty() || !anyHasSymbols(positional)) {
            return Optional.empty();
        }
        int variables = callable.signature().variables().size();
        if (!(call.callee() instanceof Expression.Name(String name, Span span)) || variables != positional.size()) {
            return Optional.empty();
        }
        Definition definition = definition(interpreter, callable, name, call.span());
        List<Expr> operands = IntStream.range(0, positional.size())
                .mapToObj(i -> operand(call.arguments().get(i), positional.get(i), interpreter.tensors()))
                .toList();
        return Optional.of(new Value.FormulaValue(Expr.call(definition, operands, 0)));
    }

    private static boolean anyHasSymbols(List<Value> values) {
        for (Value value : values) {
            if (hasSymbols(value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns an indexed formula: the state of a chain, or a schedule at a step of the chain, {@code beta[i]}, which
     * is β(i h) h. Empty for ordinary indexing.
     */
    static Optional<Value> element(
            Interpreter interpreter, Expression.Index index, Value target, Function<Expression, Value> evaluate) {
        boolean one = index.subscripts().size() == 1 && index.subscripts().getFirst() instanceof Subscript.At;
        if (!one || !(target instanceof FormulaElements || target instanceof Callable)) {
            return Optional.empty();
        }
        Value place = evaluate.apply(((Subscript.At) index.subscripts().getFirst()).index());
        if (target instanceof FormulaElements chain) {
            return Optional.of(chain.at(place, index.span()));
        }
        if (!hasSymbols(place)) {
            return Optional.empty();
        }
        String name = index.target() instanceof Expression.Name(String written, Span span)
                ? written
                : ((Callable) target).signature().name();
        Definition schedule = definition(interpreter, (Callable) target, name, index.span());
        if (schedule.variables().size() != 1) {
            throw Diagnostic.error("E0629", index.span(), name + " is not a function of time alone")
                    .help("`" + name + "[i]` is " + name + "(i/N)/N of a schedule")
                    .raise();
        }
        Expr time = expression(place, index.span()).times(Chain.STEP);
        return Optional.of(new Value.FormulaValue(schedule.at(time).times(Chain.STEP)));
    }

    /** Returns a callable of numbers as a formula of its variables. */
    public static Definition definition(Interpreter interpreter, Callable callable, String name, Span span) {
        List<Expr.Symbol> symbols = new ArrayList<>();
        List<Value> arguments = new ArrayList<>();
        for (SlotTable.Slot slot : callable.signature().variables()) {
            Expr.Symbol symbol = Expr.symbol(slot.name());
            symbols.add(symbol);
            arguments.add(new Value.FormulaValue(symbol));
        }
        Value body = interpreter.call(callable, new Arguments(arguments, Map.of(), span));
        return new Definition(name, symbols, expression(body, span));
    }

    static boolean hasSymbols(Value value) {
        return value instanceof Value.FormulaValue(Expr expression)
                && !expression.symbols().isEmpty();
    }
}
