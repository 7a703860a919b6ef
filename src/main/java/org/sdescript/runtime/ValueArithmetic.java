package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.source.Span;

/**
 * Arithmetic between values: numbers in double precision, tensors elementwise, formulas exactly, lists and records
 * field by field. A sampler written for one state therefore runs for a system of states. A list of numbers beside a
 * tensor is converted to a tensor, as in NumPy.
 */
public final class ValueArithmetic {
    private ValueArithmetic() {}

    public static Value binary(BinaryOperator operator, Value left, Value right, Tensors tensors, Span span) {
        if (left instanceof Value.Num(double x) && right instanceof Value.Num(double y) && operator != MATMUL) {
            return Value.number(HostArithmetic.apply(operation(operator), x, y));
        }
        if (left instanceof Value.Text(String a)
                && right instanceof Value.Text(String b)
                && operator == BinaryOperator.ADD) {
            WorkLimits.textFits((double) a.length() + b.length(), span);
            return Value.text(a + b);
        }
        if (Tensors.isTensor(left) && tensors.isNumbers(right)) {
            return tensor(operator, left, tensors.ofNumbers(right, span), tensors, span);
        }
        if (Tensors.isTensor(right) && tensors.isNumbers(left)) {
            return tensor(operator, tensors.ofNumbers(left, span), right, tensors, span);
        }
        if (isFields(left) || isFields(right)) {
            return fields(operator, left, right, tensors, span);
        }
        if (!isOperand(left) || !isOperand(right)) {
            throw unfit(operator, left, right, span);
        }
        if (left instanceof Value.FormulaValue || right instanceof Value.FormulaValue) {
            return Formulas.binary(operator, left, right, span);
        }
        return tensor(operator, left, right, tensors, span);
    }

    public static Value negate(Value operand, Tensors tensors, Span span) {
        return switch (operand) {
            case Value.Num(double x) -> Value.number(-x);
            case Value.FormulaValue formula -> Formulas.negate(formula);
            case Value.ListValue(var elements) ->
                Value.list(elements.stream()
                        .map(element -> negate(element, tensors, span))
                        .toList());
            case Value.RecordValue(var fields) -> {
                Map<String, Value> negated = new LinkedHashMap<>();
                fields.forEach((name, field) -> negated.put(name, negate(field, tensors, span)));
                yield new Value.RecordValue(negated);
            }
            case Value.TensorLike tensor -> tensors.unary(UnaryOperation.NEGATE, tensor, span);
            case TensorSource source -> tensors.unary(UnaryOperation.NEGATE, source.tensor(), span);
            default ->
                throw Diagnostic.error("E0403", span, operand.words() + " has no negative")
                        .raise();
        };
    }

    private static final BinaryOperator MATMUL = BinaryOperator.MATMUL;

    private static Value tensor(BinaryOperator operator, Value left, Value right, Tensors tensors, Span span) {
        Value a = tensors.require(left, "the left side", span);
        Value b = tensors.require(right, "the right side", span);
        if (operator == MATMUL) {
            return matMul(a, b, tensors, span);
        }
        if (operator == BinaryOperator.POWER && b instanceof Value.Num(double exponent)) {
            return power(a, exponent, tensors, span);
        }
        return tensors.binary(operation(operator), a, b, span);
    }

    /** Maps the powers that occur in formulas to operations that are exact and fast for them. */
    private static Value power(Value base, double exponent, Tensors tensors, Span span) {
        if (exponent == 1) {
            return base;
        }
        if (exponent == 2) {
            return tensors.unary(UnaryOperation.SQUARE, base, span);
        }
        if (exponent == 0.5) {
            return tensors.unary(UnaryOperation.SQRT, base, span);
        }
        if (exponent == -1) {
            return tensors.unary(UnaryOperation.RECIPROCAL, base, span);
        }
        return tensors.binary(BinaryOperation.POWER, base, Value.number(exponent), span);
    }

    /** Multiplies matrices; a vector is a row on the left and a column on the right, as in NumPy. */
    private static Value matMul(Value left, Value right, Tensors tensors, Span span) {
        Shape a = tensors.shape(left);
        Shape b = tensors.shape(right);
        if (a.rank() == 0 || b.rank() == 0) {
            throw Diagnostic.error("E0502", span, "shapes " + a + " and " + b + " do not multiply as matrices")
                    .help("`@` is the matrix product; numbers are multiplied with `*`")
                    .raise();
        }
        Value row = a.rank() == 1 ? tensors.reshape(left, Shape.of(1, a.size(0)), span) : left;
        Value column = b.rank() == 1 ? tensors.reshape(right, Shape.of(b.size(0), 1), span) : right;
        Value product = tensors.apply(new Operation.MatMul(), span, row, column);
        List<Long> sizes = new ArrayList<>(tensors.shape(product).sizes());
        if (b.rank() == 1) {
            sizes.removeLast();
        }
        if (a.rank() == 1) {
            sizes.remove(sizes.size() - (b.rank() == 1 ? 1 : 2));
        }
        return tensors.reshape(product, new Shape(sizes), span);
    }

    private static Value fields(BinaryOperator operator, Value left, Value right, Tensors tensors, Span span) {
        Combination each = (a, b) -> binary(operator, a, b, tensors, span);
        boolean scales = operator == BinaryOperator.MULTIPLY || operator == BinaryOperator.DIVIDE;
        boolean adds = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
        if (left instanceof Value.ListValue(var a) && right instanceof Value.ListValue(var b) && adds) {
            if (a.size() != b.size()) {
                throw Diagnostic.error(
                                "E0404",
                                span,
                                "a list of " + a.size() + " and a list of " + b.size() + " do not " + word(operator))
                        .help("lists add element by element; `append(list, value)` adds an element at the end, and"
                                + " `[v for part in [a, b] for v in part]` joins two lists")
                        .raise();
            }
            List<Value> results = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                results.add(each.apply(a.get(i), b.get(i)));
            }
            return Value.list(results);
        }
        if (left instanceof Value.RecordValue(var a) && right instanceof Value.RecordValue(var b) && adds) {
            if (!a.keySet().equals(b.keySet())) {
                throw Diagnostic.error(
                                "E0404",
                                span,
                                "records with fields " + a.keySet() + " and " + b.keySet() + " do not "
                                        + word(operator))
                        .help("records add with records of the same fields")
                        .raise();
            }
            Map<String, Value> results = new LinkedHashMap<>();
            a.forEach((name, field) -> results.put(name, each.apply(field, Objects.requireNonNull(b.get(name)))));
            return new Value.RecordValue(results);
        }
        if (scales && isFields(left) && !isFields(right)) {
            return mapFields(left, field -> each.apply(field, right));
        }
        if (operator == BinaryOperator.MULTIPLY && isFields(right) && !isFields(left)) {
            return mapFields(right, field -> each.apply(left, field));
        }
        throw unfit(operator, left, right, span);
    }

    private interface Combination {
        Value apply(Value left, Value right);
    }

    private static Value mapFields(Value fields, java.util.function.UnaryOperator<Value> function) {
        if (fields instanceof Value.ListValue(var elements)) {
            return Value.list(elements.stream().map(function).toList());
        }
        Map<String, Value> results = new LinkedHashMap<>();
        ((Value.RecordValue) fields).fields().forEach((name, field) -> results.put(name, function.apply(field)));
        return new Value.RecordValue(results);
    }

    private static boolean isFields(Value value) {
        return value instanceof Value.ListValue || value instanceof Value.RecordValue;
    }

    private static boolean isOperand(Value value) {
        return value instanceof Value.Num
                || value instanceof Value.TensorLike
                || value instanceof Value.FormulaValue
                || value instanceof TensorSource;
    }

    private static SdeError unfit(BinaryOperator operator, Value left, Value right, Span span) {
        return Diagnostic.error(
                        "E0403",
                        span,
                        "`" + operator.symbol() + "` does not combine " + left.words() + " with " + right.words())
                .help(remedy(operator, left, right))
                .raise();
    }

    private static String remedy(BinaryOperator operator, Value left, Value right) {
        if (left == Value.None.NONE || right == Value.None.NONE) {
            return Coercion.NOTHING_RETURNED;
        }
        boolean repeated = operator == BinaryOperator.MULTIPLY
                && (left instanceof Value.Text && right instanceof Value.Num
                        || right instanceof Value.Text && left instanceof Value.Num);
        if (repeated) {
            return "a text is repeated by `join([text for i in 1..3], \"\")`";
        }
        if (left instanceof Value.Text || right instanceof Value.Text) {
            return "a value becomes part of a text with \"…{value}…\" or `string(value)`";
        }
        if (left instanceof Callable || right instanceof Callable) {
            return "a function is called before its value is used: `f(x)`";
        }
        return isFields(left) || isFields(right)
                ? "lists and records add with their like and are scaled by numbers; `tensor([…])` computes with all elements"
                : "operators combine numbers, tensors and formulas";
    }

    private static String word(BinaryOperator operator) {
        return operator == BinaryOperator.ADD ? "add" : "subtract";
    }

    static BinaryOperation operation(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> BinaryOperation.ADD;
            case SUBTRACT -> BinaryOperation.SUBTRACT;
            case MULTIPLY -> BinaryOperation.MULTIPLY;
            case DIVIDE -> BinaryOperation.DIVIDE;
            case MODULO -> BinaryOperation.MODULO;
            case POWER -> BinaryOperation.POWER;
            case MATMUL -> throw new IllegalArgumentException("@ is not elementwise");
        };
    }
}
