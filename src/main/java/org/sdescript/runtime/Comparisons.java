package org.sdescript.runtime;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/** Comparisons and logic: of numbers at once, of tensors elementwise as a mask. */
public final class Comparisons {
    private Comparisons() {}

    static Value compare(ComparisonOperator operator, Value left, Value right, Interpreter interpreter, Span span) {
        if (left instanceof Value.Num(double x) && right instanceof Value.Num(double y)) {
            return Value.Bool.of(HostArithmetic.apply(operation(operator), x, y) != 0);
        }
        Tensors tensors = interpreter.tensors();
        if (Tensors.isTensor(left) && tensors.isNumbers(right)) {
            return compare(operator, left, tensors.ofNumbers(right, span), interpreter, span);
        }
        if (Tensors.isTensor(right) && tensors.isNumbers(left)) {
            return compare(operator, tensors.ofNumbers(left, span), right, interpreter, span);
        }
        OptionalDouble x = number(left);
        OptionalDouble y = number(right);
        if (x.isPresent() && y.isPresent()) {
            return Value.Bool.of(HostArithmetic.apply(operation(operator), x.getAsDouble(), y.getAsDouble()) != 0);
        }
        if (isFormula(left) && isFormula(right) && !left.equals(right)) {
            return ConditionValue.of(operator, Formulas.expression(left, span), Formulas.expression(right, span));
        }
        if (isTensorOrNumber(left) && isTensorOrNumber(right)) {
            return tensors.binary(
                    operation(operator),
                    tensors.require(left, "the left side", span),
                    tensors.require(right, "the right side", span),
                    span);
        }
        return switch (operator) {
            case EQUAL -> Value.Bool.of(equal(left, right));
            case NOT_EQUAL -> Value.Bool.of(!equal(left, right));
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> order(operator, left, right, span);
        };
    }

    /**
     * True for equal values. Lists and records are compared number by number, so that nan differs from itself inside
     * them.
     */
    private static boolean equal(Value left, Value right) {
        StopRequest.poll();
        if (left instanceof Value.Num(double x) && right instanceof Value.Num(double y)) {
            return x == y;
        }
        if (left instanceof Value.ListValue(var a) && right instanceof Value.ListValue(var b)) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> equal(a.get(i), b.get(i)));
        }
        if (left instanceof Value.RecordValue(var a) && right instanceof Value.RecordValue(var b)) {
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream()
                            .allMatch(field -> equal(field.getValue(), Objects.requireNonNull(b.get(field.getKey()))));
        }
        return left.equals(right);
    }

    private static Value order(ComparisonOperator operator, Value left, Value right, Span span) {
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return Value.Bool.of(HostArithmetic.apply(operation(operator), a.compareTo(b), 0) != 0);
        }
        throw Diagnostic.error(
                        "E0405",
                        span,
                        "`" + operator.symbol() + "` does not compare " + left.words() + " with " + right.words())
                .help(
                        "numbers, formulas and tensors have an order, and strings among themselves; `==` compares anything")
                .raise();
    }

    /** Returns the truth of a condition. A traced number is decided now; the kernel records the decision. */
    public static boolean isTrue(Value condition, Interpreter interpreter, Span span) {
        return condition instanceof Value.TracedValue(var node) && node.isNumber()
                ? interpreter.decide(node) != 0
                : Coercion.isTrue(condition, span);
    }

    /** Returns a whole number; a traced number becomes a constant of the kernel. */
    static int integer(Value value, String what, Interpreter interpreter, Span span) {
        return value instanceof Value.TracedValue(var node) && node.isNumber()
                ? Coercion.integer(Value.number(interpreter.decide(node)), what, span)
                : Coercion.integer(value, what, span);
    }

    static Value not(Value operand, Interpreter interpreter, Span span) {
        if (operand instanceof ConditionValue condition) {
            return new ConditionValue.Opposite(condition);
        }
        return isMask(operand)
                ? interpreter.tensors().unary(UnaryOperation.NOT, operand, span)
                : Value.Bool.of(!isTrue(operand, interpreter, span));
    }

    static Value and(Value left, Supplier<Value> right, Interpreter interpreter, Span span) {
        if (left instanceof ConditionValue first) {
            return ConditionValue.both(first, right.get(), interpreter, span);
        }
        if (isMask(left)) {
            return masked(BinaryOperation.AND, left, right.get(), interpreter, span);
        }
        return isTrue(left, interpreter, span) ? condition(right.get(), interpreter, span) : Value.Bool.FALSE;
    }

    static Value or(Value left, Supplier<Value> right, Interpreter interpreter, Span span) {
        if (left instanceof ConditionValue first) {
            return ConditionValue.either(first, right.get(), interpreter, span);
        }
        if (isMask(left)) {
            return masked(BinaryOperation.OR, left, right.get(), interpreter, span);
        }
        return isTrue(left, interpreter, span) ? Value.Bool.TRUE : condition(right.get(), interpreter, span);
    }

    /** Applies the operation elementwise; a truth value on the right is broadcast. */
    private static Value masked(
            BinaryOperation operation, Value mask, Value other, Interpreter interpreter, Span span) {
        Value right =
                switch (other) {
                    case Value.Bool(boolean holds) -> Value.number(holds ? 1 : 0);
                    case Value.TensorLike tensor -> tensor;
                    case TensorSource source -> source.tensor();
                    default -> throw Coercion.mismatch(other, "what stands beside a mask", "true or false", span);
                };
        return interpreter.tensors().binary(operation, mask, right, span);
    }

    private static Value condition(Value value, Interpreter interpreter, Span span) {
        return isMask(value) || value instanceof ConditionValue
                ? value
                : Value.Bool.of(isTrue(value, interpreter, span));
    }

    /** True for a mask, also of a single sample: a tensor of more than one element, or a traced tensor. */
    private static boolean isMask(Value value) {
        return switch (value) {
            case Value.TensorValue(var tensor) ->
                tensor.shape().elements() != 1
                        || tensor.dtype() == DType.BOOL && tensor.shape().rank() > 0;
            case Value.TracedValue(var node) -> !node.isNumber();
            default -> false;
        };
    }

    private static OptionalDouble number(Value value) {
        return switch (value) {
            case Value.Num(double number) -> OptionalDouble.of(number);
            case Value.FormulaValue formula -> Formulas.constant(formula);
            default -> OptionalDouble.empty();
        };
    }

    /** True for a formula or a number: a comparison of formulas stays open until the symbols have values. */
    private static boolean isFormula(Value value) {
        return value instanceof Value.FormulaValue || value instanceof Value.Num;
    }

    private static boolean isTensorOrNumber(Value value) {
        return value instanceof Value.Num || value instanceof Value.TensorLike || value instanceof TensorSource;
    }

    private static BinaryOperation operation(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> BinaryOperation.EQUAL;
            case NOT_EQUAL -> BinaryOperation.NOT_EQUAL;
            case LESS -> BinaryOperation.LESS;
            case LESS_EQUAL -> BinaryOperation.LESS_EQUAL;
            case GREATER -> BinaryOperation.GREATER;
            case GREATER_EQUAL -> BinaryOperation.GREATER_EQUAL;
        };
    }
}
