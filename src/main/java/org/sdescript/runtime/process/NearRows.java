package org.sdescript.runtime.process;

import static org.sdescript.graph.BinaryOperation.ADD;
import static org.sdescript.graph.BinaryOperation.DIVIDE;
import static org.sdescript.graph.BinaryOperation.GREATER;
import static org.sdescript.graph.BinaryOperation.MAXIMUM;
import static org.sdescript.graph.BinaryOperation.MINIMUM;
import static org.sdescript.graph.BinaryOperation.MULTIPLY;
import static org.sdescript.graph.BinaryOperation.SUBTRACT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.TensorFunctions;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The rows xᵢ of a data set, weighted by the probability that x = a xᵢ + m + b ε began at xᵢ: the softmax of
 * −qᵢ/(2b²) with qᵢ = |z − a xᵢ|² and z = x − m.
 *
 * <p>Computed in double, in blocks of rows, so that neither the distances nor a copy of the data in double take more
 * memory than {@link #BLOCK} elements. qᵢ = |z|² − 2a z·xᵢ + a²|xᵢ|² is one product of matrices; of d components, its
 * rounding error is at most (d + 4) u (|z| + a|xᵢ|)² with u = 2⁻⁵³ (Higham 2002, §3.1: each inner product errs by d u
 * times the product of norms, the sum of three terms by 2 u more, and each factor by u). The weights are exact to this
 * error divided by b². Beside the smallest qᵢ so far, no exponential overflows.
 */
final class NearRows {
    /** The elements of a block of the distances, and of a block of the data: 32 MiB in double. */
    private static final long BLOCK = 1L << 22;

    /** In place of b² = 0: only the nearest rows keep a weight then, the limit of small noise. */
    private static final double LEAST_VARIANCE = 1e-300;

    private final Value data;
    private final Tensors tensors;
    private final Span span;
    private final Shape shape;
    private final long n;
    private final long components;
    private final long count;
    private final Value z;
    private final Value a;
    private final Value b;
    private final Value twiceVariance;

    private @Nullable Value nearest;
    private @Nullable Value total;
    private @Nullable Value sum;

    /**
     * @param data [N, …]
     * @param x [n, …], each sample with as many components as a row of the data
     * @param a, m, b numbers, or tensors that are aligned with x and have one element for each sample
     */
    NearRows(Value data, Value x, Value a, Value m, Value b, Tensors tensors, Span span) {
        this.data = data;
        this.tensors = tensors;
        this.span = span;
        this.shape = tensors.shape(x);
        this.n = shape.size(0);
        this.count = tensors.shape(data).size(0);
        this.components = count == 0 ? 0 : tensors.shape(data).elements() / count;
        Value moved = binary(SUBTRACT, wide(x), wide(m));
        this.z = tensors.reshape(moved, Shape.of(n, components), span);
        this.a = column(a);
        this.b = column(b);
        Value variance = binary(MAXIMUM, binary(MULTIPLY, this.b, this.b), Value.number(LEAST_VARIANCE));
        this.twiceVariance = binary(MULTIPLY, Value.number(2), variance);
    }

    /** Returns ∇ log pₜ(x) = −(z − a E[x(0) | x])/b². */
    Value score() {
        Value apart = binary(SUBTRACT, binary(MULTIPLY, a, clean()), z);
        return narrow(binary(DIVIDE, apart, binary(MULTIPLY, b, b)));
    }

    /** Returns the record {clean, noise} of E[x(0) | x] and E[ε | x]; without noise, ε is independent of x and 0. */
    Value expected() {
        Value clean = clean();
        Value apart = binary(SUBTRACT, z, binary(MULTIPLY, a, clean));
        Value isNoisy = binary(GREATER, b, Value.number(0));
        Value scale = where(isNoisy, b, Value.number(1));
        Value noise = where(isNoisy, binary(DIVIDE, apart, scale), Value.number(0));
        Map<String, Value> both = new LinkedHashMap<>();
        both.put("clean", narrow(clean));
        both.put("noise", narrow(noise));
        return new Value.RecordValue(both);
    }

    /** Returns log pₜ(x) of each sample, in nats. */
    Value logDensity() {
        weigh(false);
        Value log = tensors.unary(UnaryOperation.LOG, binary(DIVIDE, known(total), Value.number(count)), span);
        Value exponent = binary(DIVIDE, known(nearest), twiceVariance);
        Value volume = binary(
                MULTIPLY,
                Value.number(components / 2.0),
                tensors.unary(UnaryOperation.LOG, binary(MULTIPLY, Value.number(Math.PI), twiceVariance), span));
        Value density = binary(SUBTRACT, binary(SUBTRACT, log, exponent), volume);
        return tensors.cast(tensors.reshape(density, Shape.of(n), span), tensors.precision(), span);
    }

    /** Returns E[x(0) | x] as rows in double. */
    private Value clean() {
        weigh(true);
        return binary(DIVIDE, known(sum), known(total));
    }

    private void weigh(boolean withRows) {
        long size = Math.max(1, Math.min(BLOCK / Math.max(1, n), BLOCK / Math.max(1, components)));
        for (long from = 0; from < count; from += size) {
            add(block(from, Math.min(count, from + size)), withRows);
        }
    }

    private Value block(long from, long to) {
        Value rows = to - from == count ? data : tensors.apply(new Operation.Slice(0, from, to, 1), span, data);
        return wide(tensors.reshape(rows, Shape.of(to - from, components), span));
    }

    /** Adds rows to the sums; those before are scaled to the smallest q of both. */
    private void add(Value rows, boolean withRows) {
        Value distances = distances(rows);
        Value least = tensors.reduce(Reduction.MIN, distances, List.of(1), true, span);
        // the sums do not depend on the distance that they are relative to, so derivatives take it as a constant
        Value next = tensors.detach(nearest == null ? least : binary(MINIMUM, nearest, least), span);
        Value weights = fallen(binary(SUBTRACT, distances, next));
        Value its = tensors.reduce(Reduction.SUM, weights, List.of(1), true, span);
        Value itsSum = withRows ? tensors.apply(new Operation.MatMul(), span, weights, rows) : its;
        if (nearest == null) {
            total = its;
            sum = itsSum;
        } else {
            Value share = fallen(binary(SUBTRACT, nearest, next));
            total = binary(ADD, binary(MULTIPLY, share, known(total)), its);
            sum = binary(ADD, binary(MULTIPLY, share, known(sum)), itsSum);
        }
        nearest = next;
    }

    /** Returns exp(−q/(2b²)). */
    private Value fallen(Value q) {
        return tensors.unary(
                UnaryOperation.EXP, tensors.unary(UnaryOperation.NEGATE, binary(DIVIDE, q, twiceVariance), span), span);
    }

    private Value distances(Value rows) {
        Value products = tensors.apply(new Operation.MatMul(), span, z, TensorFunctions.transpose(rows, tensors, span));
        Value cross = binary(MULTIPLY, binary(MULTIPLY, Value.number(2), a), products);
        Value own = binary(MULTIPLY, binary(MULTIPLY, a, a), TensorFunctions.transpose(squares(rows), tensors, span));
        Value distances = binary(ADD, binary(SUBTRACT, squares(z), cross), own);
        return binary(MAXIMUM, distances, Value.number(0));
    }

    private Value squares(Value rows) {
        return tensors.reduce(Reduction.SUM, tensors.unary(UnaryOperation.SQUARE, rows, span), List.of(1), true, span);
    }

    /** Returns a coefficient in double: a number, or one element for each sample as a column. */
    private Value column(Value coefficient) {
        if (coefficient instanceof Value.Num) {
            return coefficient;
        }
        Value wide = wide(coefficient);
        Shape its = tensors.shape(wide);
        return its.rank() == 0 ? wide : tensors.reshape(wide, Shape.of(its.elements(), 1), span);
    }

    private Value where(Value mask, Value a, Value b) {
        if (mask instanceof Value.Num(double number)) {
            return number != 0 ? a : b;
        }
        return tensors.apply(new Operation.Where(), span, mask, a, b);
    }

    private Value wide(Value value) {
        return tensors.cast(value, DType.FLOAT64, span);
    }

    private Value narrow(Value rows) {
        return tensors.cast(tensors.reshape(rows, shape, span), tensors.precision(), span);
    }

    private Value binary(BinaryOperation function, Value left, Value right) {
        return tensors.binary(function, left, right, span);
    }

    private static Value known(@Nullable Value value) {
        if (value == null) {
            throw new IllegalStateException("a data set without rows");
        }
        return value;
    }
}
