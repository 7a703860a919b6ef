package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Differentiation;
import org.sdescript.source.Span;

/**
 * The trace of a Jacobian, sample by sample: exactly as Σⱼ eⱼᵀ J eⱼ, with a sweep for each component j of a sample,
 * or estimated as zᵀ J z for random z with E[z zᵀ] = 1 (Hutchinson 1990; Song et al. 2021, eq. 40).
 */
final class Divergence {
    private static final String RADEMACHER = "rademacher";
    private static final int MOST_COMPONENTS = 256;

    private final Tensors tensors;
    private final Span span;
    private final Optional<Integer> probes;
    private final boolean normal;

    private Divergence(Tensors tensors, Span span, Optional<Integer> probes, boolean normal) {
        this.tensors = tensors;
        this.span = span;
        this.probes = probes;
        this.normal = normal;
    }

    static Divergence of(Call call) {
        Optional<Integer> probes = call.given("probes").map(given -> call.integer("probes"));
        Divergence divergence = new Divergence(
                call.tensors(), call.span(), probes, !call.text("noise").equals(RADEMACHER));
        long components = divergence.parts(call.value("x")).stream()
                .mapToLong(divergence::components)
                .sum();
        if (probes.isEmpty() && components > MOST_COMPONENTS) {
            throw call.diagnostic(
                            "E0555",
                            "an exact divergence of " + components + " components takes one backward"
                                    + " sweep for each of them")
                    .note("the exact divergence is computed for at most " + MOST_COMPONENTS + " components of a sample")
                    .help("`divergence(f, x, probes = 1)` estimates it without bias, with one sweep for a probe")
                    .raise();
        }
        return divergence;
    }

    /** True if the field has the structure and shapes of x. */
    static boolean fits(Value field, Value x, Tensors tensors) {
        List<Value> its = Differentiation.parts(field);
        List<Value> parts = Differentiation.parts(x);
        return its.size() == parts.size()
                && IntStream.range(0, parts.size())
                        .allMatch(i -> tensors.shape(its.get(i)).equals(tensors.shape(parts.get(i))));
    }

    /** Returns a tensor [n], or a number if x is a number. */
    Value of(Differentiation at) {
        return probes.map(count -> estimate(at, count)).orElseGet(() -> exact(at));
    }

    private Value exact(Differentiation at) {
        List<Value> parts = parts(at.point());
        Value total = Value.number(0);
        for (int part = 0; part < parts.size(); part++) {
            for (int component = 0; component < components(parts.get(part)); component++) {
                List<Value> direction = new ArrayList<>(Collections.nCopies(parts.size(), Value.number(0)));
                direction.set(part, unit(parts.get(part), component));
                Value row = parts(at.backward(at.like(direction), span)).get(part);
                total = plus(total, picked(row, component));
            }
        }
        return total;
    }

    private Value estimate(Differentiation at, int count) {
        Value total = Value.number(0);
        for (int probe = 0; probe < count; probe++) {
            List<Value> z = parts(at.point()).stream().map(this::probe).toList();
            List<Value> image = parts(at.backward(at.like(z), span));
            for (int part = 0; part < z.size(); part++) {
                total = plus(total, summed(times(z.get(part), image.get(part))));
            }
        }
        return count == 1 ? total : times(Value.number(1.0 / count), total);
    }

    private List<Value> parts(Value value) {
        return Differentiation.parts(value);
    }

    private long components(Value part) {
        Shape shape = tensors.shape(part);
        return shape.rank() < 2 ? 1 : new Shape(shape.sizes().subList(1, shape.rank())).elements();
    }

    /** Returns the unit vector of one component, for every sample. */
    private Value unit(Value part, int component) {
        long components = components(part);
        if (components == 1) {
            return Value.number(1);
        }
        double[] values = new double[Math.toIntExact(components)];
        values[component] = 1;
        Shape shape = tensors.shape(part);
        Value row = tensors.literal(dtype(part), shape.with(0, 1), values, span);
        return tensors.apply(new Operation.Broadcast(shape), span, row);
    }

    /** Returns one component of every sample, [n]. */
    private Value picked(Value part, int component) {
        Shape shape = tensors.shape(part);
        if (shape.rank() < 2) {
            return part;
        }
        long samples = shape.size(0);
        Value rows = tensors.reshape(part, Shape.of(samples, components(part)), span);
        Value column = components(part) == 1
                ? rows
                : tensors.apply(new Operation.Slice(1, component, component + 1L, 1), span, rows);
        return tensors.reshape(column, Shape.of(samples), span);
    }

    /** Returns a random direction; 1 for a number, whose derivative needs no estimate. */
    private Value probe(Value part) {
        if (!Tensors.isTensor(part)) {
            return Value.number(1);
        }
        Shape shape = tensors.shape(part);
        if (normal) {
            return tensors.apply(new Operation.RandomNormal(dtype(part), shape), span);
        }
        Value uniform = tensors.apply(new Operation.RandomUniform(dtype(part), shape), span);
        Value lower = tensors.binary(BinaryOperation.LESS, uniform, Value.number(0.5), span);
        Value twice = times(Value.number(2), tensors.cast(lower, dtype(part), span));
        return tensors.binary(BinaryOperation.SUBTRACT, Value.number(1), twice, span);
    }

    private DType dtype(Value part) {
        return ((Type.TensorType) tensors.type(part)).dtype();
    }

    private Value plus(Value a, Value b) {
        return a.equals(Value.number(0)) ? b : tensors.binary(BinaryOperation.ADD, a, b, span);
    }

    private Value times(Value a, Value b) {
        return a.equals(Value.number(1)) ? b : tensors.binary(BinaryOperation.MULTIPLY, a, b, span);
    }

    /** Sums over all axes except the sample axis. */
    private Value summed(Value products) {
        List<Integer> axes =
                IntStream.range(1, tensors.shape(products).rank()).boxed().toList();
        return tensors.reduce(Reduction.SUM, products, axes, false, span);
    }
}
