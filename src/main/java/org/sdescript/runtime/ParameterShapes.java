package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** The shapes of a formula's parameters beside the samples and the times that the formula is evaluated at. */
public final class ParameterShapes {
    private ParameterShapes() {}

    /** Returns the parameters of an expression that are tensors of at least one axis. */
    private static List<Expr.Parameter> ofAxes(Expr expression) {
        return expression.hasParameters()
                ? expression.parameters().stream()
                        .filter(p -> p.owner() instanceof TensorParameter held
                                && held.shape().rank() > 0)
                        .toList()
                : List.of();
    }

    private static Shape shape(Expr.Parameter parameter) {
        return ((TensorParameter) parameter.owner()).shape();
    }

    /** Throws if a parameter does not broadcast to the shape of the samples. */
    public static void requireFit(Expr expression, Value samples, Tensors tensors, Span span) {
        if (!Tensors.isTensor(samples)) {
            return;
        }
        for (Expr.Parameter parameter : ofAxes(expression)) {
            Shape whole = tensors.shape(samples);
            Shape its = shape(parameter);
            if (!broadcasts(its, whole)) {
                throw Diagnostic.error(
                                "E0557",
                                span,
                                "the parameter `" + parameter.name() + "` has shape " + its + ", and x has shape "
                                        + whole)
                        .help(
                                whole.rank() == 0
                                        ? "give one number"
                                        : "give one number, one for each component of a sample, here a tensor of shape "
                                                + new Shape(whole.sizes().subList(1, whole.rank()))
                                                + ", or one row for each sample, of x's shape")
                        .raise();
            }
        }
    }

    private static boolean broadcasts(Shape its, Shape whole) {
        for (int i = 1; i <= its.rank(); i++) {
            long size = its.size(its.rank() - i);
            if (i > whole.rank() || size != 1 && size != whole.size(whole.rank() - i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Appends axes of size 1 to times [n], one for each sample, so that they broadcast with the parameters of an expression:
     * to [n, 1] beside a number for each component, or a row for each of the n samples.
     */
    static Value aligned(Value times, Expr expression, Tensors tensors, Span span) {
        if (!Tensors.isTensor(times) || tensors.shape(times).rank() != 1) {
            return times;
        }
        long n = tensors.shape(times).size(0);
        int rank = ofAxes(expression).stream()
                .map(ParameterShapes::shape)
                .mapToInt(its -> its.rank() > 1 && its.size(0) == n ? its.rank() : its.rank() + 1)
                .max()
                .orElse(1);
        List<Long> sizes = new ArrayList<>(List.of(n));
        while (sizes.size() < rank) {
            sizes.add(1L);
        }
        return tensors.reshape(times, new Shape(sizes), span);
    }

    /**
     * Returns the parameter for a part of the samples: its rows of a tensor with a row for each sample, the parameter
     * itself if its numbers are the same for all samples.
     */
    public static Expr.Parameter forSamples(Expr.Parameter parameter, SamplePart part, Span span) {
        return isForEach(parameter, part)
                ? ((TensorParameter) parameter.owner()).forSamples(parameter, part.from(), part.count(), span)
                : parameter;
    }

    /** True for a tensor with a row for each sample: x's rank, and as many rows as samples. */
    public static boolean isForEach(Expr.Parameter parameter, SamplePart part) {
        return parameter.owner() instanceof TensorParameter held && isForEach(held.shape(), part);
    }

    public static boolean isForEach(Value value, SamplePart part, Tensors tensors) {
        return Tensors.isTensor(value) && isForEach(tensors.shape(value), part);
    }

    private static boolean isForEach(Shape shape, SamplePart part) {
        return shape.rank() == part.rank() && part.rank() > 0 && part.all() > 1 && shape.size(0) == part.all();
    }
}
