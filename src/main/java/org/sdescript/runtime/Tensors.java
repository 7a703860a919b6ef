package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.backend.MemoryLimit;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.source.Span;

/**
 * Tensor operations on values. Inside a trace an operation becomes a node of the graph; otherwise the operation runs
 * at once. Operations on plain numbers run on the host in double precision in both cases.
 */
public final class Tensors {
    private final Session session;
    private final Interpreter interpreter;

    Tensors(Session session, Interpreter interpreter) {
        this.session = session;
        this.interpreter = interpreter;
    }

    /** Returns the type of floating-point tensors in this run. */
    public DType precision() {
        return session.settings().precision().tensors();
    }

    /** True if a derivative under way follows how the value was computed. */
    boolean isFollowed(Value value) {
        return interpreter.kernels().isRecorded(value);
    }

    public Value apply(Operation operation, Span span, Value... operands) {
        return apply(operation, span, List.of(operands));
    }

    public Value apply(Operation operation, Span span, List<Value> operands) {
        Tracer tracer = interpreter.tracer();
        if (tracer != null) {
            return tracer.add(operation, operands, span);
        }
        TypeInference.infer(operation, operands.stream().map(this::type).toList(), span);
        List<Operand> given = operands.stream().map(Tensors::operand).toList();
        Operand result =
                session.backend().apply(operation, given, session.sampling().random(), span);
        interpreter.kernels().ran(operation, given, result);
        return result(result);
    }

    public Value unary(UnaryOperation function, Value operand, Span span) {
        return operand instanceof Value.Num(double x)
                ? Value.number(HostArithmetic.apply(function, x))
                : apply(new Operation.Unary(function), span, operand);
    }

    public Value binary(BinaryOperation function, Value left, Value right, Span span) {
        return left instanceof Value.Num(double x) && right instanceof Value.Num(double y)
                ? Value.number(HostArithmetic.apply(function, x, y))
                : apply(new Operation.Binary(function), span, left, right);
    }

    public Value reduce(Reduction function, Value operand, List<Integer> axes, boolean keep, Span span) {
        return axes.isEmpty() ? operand : apply(new Operation.Reduce(function, axes, keep), span, operand);
    }

    public Value reshape(Value operand, Shape shape, Span span) {
        return shape(operand).equals(shape) ? operand : apply(new Operation.Reshape(shape), span, operand);
    }

    public Value cast(Value operand, DType dtype, Span span) {
        return type(operand) instanceof Type.TensorType(DType its, Shape shape) && its != dtype
                ? apply(new Operation.Cast(dtype), span, operand)
                : operand;
    }

    /** Returns the value without gradient: derivatives treat it as a constant. */
    public Value detach(Value operand, Span span) {
        return operand instanceof Value.Num ? operand : apply(new Operation.Detach(), span, operand);
    }

    /** Returns a tensor filled with a number or with the value of a one-element tensor. */
    public Value fill(Value value, Shape shape, Span span) {
        return type(value) instanceof Type.Scalar
                ? apply(new Operation.Fill(precision(), shape), span, value)
                : apply(
                        new Operation.Broadcast(shape),
                        span,
                        cast(reshape(value, Shape.SCALAR, span), precision(), span));
    }

    public Value normal(Shape shape, Span span) {
        return apply(new Operation.RandomNormal(precision(), shape), span);
    }

    public Value uniform(Shape shape, Span span) {
        return apply(new Operation.RandomUniform(precision(), shape), span);
    }

    /** Returns a tensor of these numbers in the run's precision. */
    public Value literal(Shape shape, double[] values, Span span) {
        return literal(precision(), shape, values, span);
    }

    public Value literal(DType dtype, Shape shape, double[] values, Span span) {
        if (interpreter.tracer() != null) {
            List<Double> boxed = java.util.Arrays.stream(values).boxed().toList();
            return apply(new Operation.Literal(dtype, shape, boxed), span);
        }
        return session.memory().own(session.backend().tensor(dtype, shape, values));
    }

    /** Returns a tensor of these numbers that no memory scope frees, for tables; inside a trace it is no node. */
    public Value.TensorValue held(DType dtype, Shape shape, double[] values) {
        Value.TensorValue held = session.memory().own(session.backend().tensor(dtype, shape, values));
        held.tensor().retain();
        return held;
    }

    /** True for a list of numbers or tensors of shape [], or a nested list of them. */
    public boolean isNumbers(Value value) {
        return value instanceof Value.ListValue(var elements)
                && !elements.isEmpty()
                && elements.stream().allMatch(each -> isNumber(each) || isNumbers(each));
    }

    /** True for a number; in a list of numbers a tensor of shape [] is one too. */
    private boolean isNumber(Value value) {
        return value instanceof Value.Num
                || value instanceof Value.TracedValue(Node node) && node.isNumber()
                || value instanceof Value.TensorLike && shape(value).rank() == 0;
    }

    /** Converts a nested list of numbers to a tensor; lists on one level must have the same length. */
    public Value ofNumbers(Value list, Span span) {
        List<Long> sizes = new ArrayList<>();
        for (Value at = list; at instanceof Value.ListValue(var elements); at = elements.getFirst()) {
            sizes.add((long) elements.size());
        }
        Shape shape = new Shape(sizes);
        List<Value> numbers = new ArrayList<>();
        collect(list, shape, 0, numbers, span);
        if (numbers.stream().allMatch(Value.Num.class::isInstance)) {
            double[] known = numbers.stream()
                    .mapToDouble(number -> ((Value.Num) number).value())
                    .toArray();
            return literal(shape, known, span);
        }
        List<Value> elements =
                numbers.stream().map(number -> fill(number, Shape.of(1), span)).toList();
        return reshape(apply(new Operation.Concat(0), span, elements), shape, span);
    }

    private void collect(Value value, Shape shape, int axis, List<Value> into, Span span) {
        if (axis == shape.rank() && isNumber(value)) {
            into.add(value);
        } else if (axis < shape.rank()
                && value instanceof Value.ListValue(var elements)
                && elements.size() == shape.size(axis)) {
            elements.forEach(element -> collect(element, shape, axis + 1, into, span));
        } else {
            throw Diagnostic.error("E0509", span, "the rows of a tensor differ in length")
                    .help("every list on one level needs as many elements as the first")
                    .raise();
        }
    }

    /**
     * Throws if the numbers of a tensor in the run's precision do not fit into the memory of the JVM, where they are
     * created.
     */
    public void requireInJava(Shape shape, Span span) {
        MemoryLimit.requireInJava("made from numbers", new Type.TensorType(precision(), shape), span);
    }

    /** True for a tensor, or a value that converts to a tensor, such as a data set. */
    public static boolean isTensor(Value value) {
        return switch (value) {
            case Value.TensorValue tensor -> true;
            case Value.TracedValue(Node node) -> !node.isNumber();
            case TensorSource source -> true;
            default -> false;
        };
    }

    /**
     * Returns the value as a tensor, of a formula of parameters alone too; numbers unchanged. Throws for any other value.
     */
    public Value require(Value value, String what, Span span) {
        return switch (value) {
            case Value.TensorLike tensor -> tensor;
            case Value.Num number -> number;
            case TensorSource source -> source.tensor();
            case Value.FormulaValue(Expr expression)
            when expression.isConstant() && expression.hasParameters() -> FormulaEvaluation.ofParameters(expression);
            case Value.FormulaValue formula -> throw inFormula(what, span);
            default -> throw Coercion.mismatch(value, what, "a tensor or a number", span);
        };
    }

    /** The same where the result may be a formula too: arithmetic, and the numbers of a process. */
    public Value requireOperand(Value value, String what, Span span) {
        return value instanceof Value.FormulaValue formula ? formula : require(value, what, span);
    }

    /** Thrown where a formula would have to be a tensor; the call under way says so in its own words. */
    static final class NoPlaceForFormula extends RuntimeException {
        private NoPlaceForFormula() {
            super("a formula has no type", null, false, false);
        }
    }

    static SdeError inFormula(String what, Span span) {
        return Diagnostic.error("E0440", span, what + " must be a tensor or a number, but is a formula")
                .help("a formula has no elements: it takes + - * / ^ and functions such as exp, min and where;"
                        + " `grad(f, x)` differentiates a function of tensors")
                .raise();
    }

    public Type type(Value value) {
        return switch (value) {
            case Value.Num number -> Type.NUMBER;
            case Value.TensorValue(Tensor tensor) -> Type.tensor(tensor.dtype(), tensor.shape());
            case Value.TracedValue(Node node) -> node.type();
            case TensorSource source -> source.type(this);
            case Value.FormulaValue formula -> throw new NoPlaceForFormula();
            default -> throw new IllegalStateException(value.words() + " has no type");
        };
    }

    /** Returns the shape of a tensor; a number is a scalar. */
    public Shape shape(Value value) {
        return switch (type(value)) {
            case Type.Scalar scalar -> Shape.SCALAR;
            case Type.TensorType(DType dtype, Shape shape) -> shape;
        };
    }

    /**
     * Returns axes counted from 0, for a slot with none (all axes), a number or a list of numbers; negative axes
     * count from the end.
     */
    public List<Integer> axes(Value value, int rank, Span span) {
        return switch (value) {
            case Value.None none -> IntStream.range(0, rank).boxed().toList();
            case Value.ListValue(var elements) ->
                elements.stream().map(axis -> axis(axis, rank, span)).sorted().toList();
            default -> List.of(axis(value, rank, span));
        };
    }

    public int axis(Value value, int rank, Span span) {
        int axis = Coercion.integer(value, "an axis", span);
        if (axis < -rank || axis >= rank) {
            throw Diagnostic.error(
                            "E0506",
                            span,
                            "axis " + axis + " is not one of a tensor with " + rank + (rank == 1 ? " axis" : " axes"))
                    .help("axes are counted from 0, or from the end: -1 is the last")
                    .raise();
        }
        return axis < 0 ? axis + rank : axis;
    }

    /**
     * Appends axes of size 1 to a tensor with one value per sample so that it broadcasts to the samples: [n] for [n,
     * 3, 8, 8] becomes [n, 1, 1, 1].
     */
    public Value align(Value perSample, Value samples, Span span) {
        Shape own = shape(perSample);
        int rank = shape(samples).rank();
        if (own.rank() == 0 || own.rank() >= rank) {
            return perSample;
        }
        List<Long> sizes = new ArrayList<>(own.sizes());
        while (sizes.size() < rank) {
            sizes.add(1L);
        }
        return reshape(perSample, new Shape(sizes), span);
    }

    /**
     * Gathers the entries of an axis at a vector of positions; known positions are checked, and negative ones count
     * from the end.
     */
    public Value gather(Value operand, int axis, Value positions, Span span) {
        long size = shape(operand).size(axis);
        if (shape(positions).rank() != 1) {
            throw Diagnostic.error("E0508", span, "positions must be a vector, but have shape " + shape(positions))
                    .help("several positions are `tensor([0, 2])`, a single one is `x[0]`")
                    .raise();
        }
        Value whole = cast(positions, DType.INT64, span);
        if (positions instanceof Value.TensorValue(Tensor tensor)) {
            double[] given = tensor.toDoubles();
            for (int i = 0; i < given.length; i++) {
                given[i] = position(given[i], size, axis, span);
            }
            whole = literal(DType.INT64, Shape.of(given.length), given, span);
        }
        return apply(new Operation.Gather(axis), span, operand, whole);
    }

    private static double position(double index, long size, int axis, Span span) {
        if (index != Math.rint(index)) {
            throw Diagnostic.error("E0420", span, "an index must be a whole number, but is " + ValueText.number(index))
                    .help("`floor(…)` or `round(…)` makes one")
                    .raise();
        }
        if (index < -size || index >= size) {
            throw Diagnostic.error(
                            "E0409",
                            span,
                            "index " + ValueText.number(index) + " is outside axis " + axis + " of length " + size)
                    .help("indices go from 0 to " + (size - 1) + ", or from the end: -1 is the last")
                    .raise();
        }
        return index < 0 ? index + size : index;
    }

    private static Operand operand(Value value) {
        return switch (value) {
            case Value.Num(double number) -> new Operand.Number(number);
            case Value.TensorValue(Tensor tensor) -> tensor;
            case TensorSource source -> operand(source.tensor());
            default -> throw new IllegalStateException(value.words() + " as an operand");
        };
    }

    public Value result(Operand operand) {
        return switch (operand) {
            case Operand.Number(double number) -> Value.number(number);
            case Tensor tensor -> session.memory().own(tensor);
        };
    }
}
