package org.sdescript.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Arithmetic;
import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Interpolant;
import org.sdescript.algebra.Lowering;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.source.Span;

/**
 * Evaluates a formula whose symbols are numbers, tensors or nodes of a trace. Subexpressions of numbers alone are
 * computed in double precision. Times in a tensor, one per sample, are also computed in double precision; the
 * coefficients are cast to the data's type where they are combined with the data.
 */
public final class FormulaEvaluation implements Arithmetic<Value> {
    private final Map<Expr.Symbol, Value> values;
    private final Tensors tensors;
    private final Span span;

    private FormulaEvaluation(Map<Expr.Symbol, Value> values, Tensors tensors, Span span) {
        this.values = values;
        this.tensors = tensors;
        this.span = span;
    }

    /**
     * Evaluates an expression.
     *
     * @param time the symbol of the time; its value may be a tensor with one time per sample
     * @param samples the tensor that the times are aligned with, or null
     */
    public static Value of(
            Expr expression,
            Map<Expr.Symbol, Value> values,
            Expr.Symbol time,
            @Nullable Value samples,
            Tensors tensors,
            Span span) {
        if (values.values().stream().anyMatch(Value.FormulaValue.class::isInstance)) {
            return substituted(expression, values, span);
        }
        if (samples != null) {
            ParameterShapes.requireFit(expression, samples, tensors, span);
        }
        Map<Expr.Symbol, Value> prepared = new HashMap<>(values);
        prepared.computeIfPresent(time, (symbol, t) -> {
            Value aligned = samples == null
                    ? ParameterShapes.aligned(t, expression, tensors, span)
                    : tensors.align(t, samples, span);
            return tensors.cast(aligned, DType.FLOAT64, span);
        });
        return inPrecision(Lowering.of(expression, new FormulaEvaluation(prepared, tensors, span)), tensors, span);
    }

    /** Evaluates an expression without symbols: a number, or with parameters a tensor of their common shape. */
    public static Value ofParameters(Expr expression) {
        return expression.parameters().stream()
                .map(Expr.Parameter::owner)
                .filter(TensorParameter.class::isInstance)
                .map(TensorParameter.class::cast)
                .findFirst()
                .map(any -> inPrecision(
                        exactly(expression, Map.of(), any.tensors(), any.span()), any.tensors(), any.span()))
                .orElseGet(() -> Value.number(Evaluation.of(expression)));
    }

    /** Casts a double-precision result to the precision of the run. */
    private static Value inPrecision(Value result, Tensors tensors, Span span) {
        return tensors.type(result) instanceof Type.TensorType(DType dtype, Shape shape) && dtype == DType.FLOAT64
                ? tensors.cast(result, tensors.precision(), span)
                : result;
    }

    /** Substitutes formulas for the symbols of the expression. */
    private static Value substituted(Expr expression, Map<Expr.Symbol, Value> values, Span span) {
        Map<Expr.Symbol, Expr> formulas = new HashMap<>();
        values.forEach((symbol, value) -> formulas.put(symbol, Formulas.expression(value, span)));
        try {
            return new Value.FormulaValue(expression.with(formulas));
        } catch (Undefined | TooLarge reason) {
            throw Formulas.undefined(reason, span);
        }
    }

    /** Evaluates an expression of times alone that is already in a numerically stable form. */
    public static Value ofTimes(Expr expression, Map<Expr.Symbol, Value> times, Tensors tensors, Span span) {
        if (times.values().stream().anyMatch(Value.FormulaValue.class::isInstance)) {
            return substituted(expression, times, span);
        }
        return inPrecision(stably(expression, times, tensors, span), tensors, span);
    }

    /** Evaluates a stable expression of times in double precision, for further computation. */
    public static Value stably(Expr expression, Map<Expr.Symbol, Value> times, Tensors tensors, Span span) {
        return Lowering.ofStable(expression, ofDoubles(expression, times, tensors, span));
    }

    /** Evaluates an expression of times alone in double precision, for further computation. */
    public static Value exactly(Expr expression, Map<Expr.Symbol, Value> times, Tensors tensors, Span span) {
        return Lowering.of(expression, ofDoubles(expression, times, tensors, span));
    }

    private static FormulaEvaluation ofDoubles(
            Expr expression, Map<Expr.Symbol, Value> times, Tensors tensors, Span span) {
        Map<Expr.Symbol, Value> doubles = new HashMap<>(times);
        doubles.replaceAll((symbol, time) ->
                tensors.cast(ParameterShapes.aligned(time, expression, tensors, span), DType.FLOAT64, span));
        return new FormulaEvaluation(doubles, tensors, span);
    }

    @Override
    public Value constant(double value) {
        return Value.number(value);
    }

    @Override
    public Value symbol(Expr.Symbol symbol) {
        Value value = values.get(symbol);
        if (value == null) {
            throw new IllegalStateException("no value for " + symbol.name());
        }
        return value;
    }

    /** Returns the tensor that holds the parameter's numbers, in double precision like the coefficients of time. */
    @Override
    public Value parameter(Expr.Parameter parameter) {
        return parameter.owner() instanceof TensorParameter held
                ? tensors.cast(held.value(), DType.FLOAT64, span)
                : constant(parameter.value());
    }

    @Override
    public Value add(Value a, Value b) {
        return binary(BinaryOperation.ADD, a, b);
    }

    @Override
    public Value subtract(Value a, Value b) {
        return binary(BinaryOperation.SUBTRACT, a, b);
    }

    @Override
    public Value multiply(Value a, Value b) {
        return a == b ? tensors.unary(UnaryOperation.SQUARE, a, span) : binary(BinaryOperation.MULTIPLY, a, b);
    }

    @Override
    public Value divide(Value a, Value b) {
        return binary(BinaryOperation.DIVIDE, a, b);
    }

    @Override
    public Value negate(Value a) {
        return tensors.unary(UnaryOperation.NEGATE, a, span);
    }

    @Override
    public Value sqrt(Value a) {
        return tensors.unary(UnaryOperation.SQRT, a, span);
    }

    @Override
    public Value power(Value base, Value exponent) {
        return binary(BinaryOperation.POWER, base, exponent);
    }

    @Override
    public Value choose(Condition.Relation relation, Value u, Value then, Value otherwise) {
        BinaryOperation comparison =
                switch (relation) {
                    case POSITIVE -> BinaryOperation.GREATER;
                    case NON_NEGATIVE -> BinaryOperation.GREATER_EQUAL;
                    case ZERO -> BinaryOperation.EQUAL;
                };
        Value mask = tensors.binary(comparison, u, Value.number(0), span);
        if (mask instanceof Value.Num(double holds)) {
            return holds != 0 ? then : otherwise;
        }
        boolean numbers = !Tensors.isTensor(then) && !Tensors.isTensor(otherwise);
        Value first = numbers ? tensors.apply(new Operation.Fill(DType.FLOAT64, Shape.SCALAR), span, then) : then;
        return tensors.apply(new Operation.Where(), span, mask, meeting(first, otherwise), meeting(otherwise, first));
    }

    @Override
    public Value apply(Elementary function, List<Value> arguments) {
        Value u = arguments.getFirst();
        return switch (function) {
            case EXP -> tensors.unary(UnaryOperation.EXP, u, span);
            case LOG -> tensors.unary(UnaryOperation.LOG, u, span);
            case SIN -> tensors.unary(UnaryOperation.SIN, u, span);
            case COS -> tensors.unary(UnaryOperation.COS, u, span);
            case TAN -> tensors.unary(UnaryOperation.TAN, u, span);
            case SINH -> tensors.unary(UnaryOperation.SINH, u, span);
            case COSH -> tensors.unary(UnaryOperation.COSH, u, span);
            case TANH -> tensors.unary(UnaryOperation.TANH, u, span);
            case ATAN -> tensors.unary(UnaryOperation.ATAN, u, span);
            case ERF -> tensors.unary(UnaryOperation.ERF, u, span);
            case ABS -> tensors.unary(UnaryOperation.ABS, u, span);
            case SIGN -> tensors.unary(UnaryOperation.SIGN, u, span);
            case EXPM1 -> tensors.unary(UnaryOperation.EXPM1, u, span);
            case LOG1P -> tensors.unary(UnaryOperation.LOG1P, u, span);
            case MIN -> binary(BinaryOperation.MINIMUM, u, arguments.get(1));
            case MAX -> binary(BinaryOperation.MAXIMUM, u, arguments.get(1));
        };
    }

    @Override
    public Value interpolate(Interpolant function, Value u) {
        return TableInterpolation.of(function, u, tensors, span);
    }

    /** Orders operands: numbers before times, times before data. */
    @Override
    public int weight(Value value) {
        return switch (tensors.type(value)) {
            case Type.Scalar scalar -> 0;
            case Type.TensorType(DType dtype, Shape shape) -> dtype == DType.FLOAT64 ? 1 : 2;
        };
    }

    private Value binary(BinaryOperation function, Value a, Value b) {
        return tensors.binary(function, meeting(a, b), meeting(b, a), span);
    }

    /** Casts a double-precision coefficient to the type of the other operand. */
    private Value meeting(Value value, Value other) {
        return tensors.type(other) instanceof Type.TensorType(DType dtype, Shape shape) && dtype == DType.FLOAT32
                ? (tensors.type(value) instanceof Type.TensorType ? tensors.cast(value, DType.FLOAT32, span) : value)
                : value;
    }
}
