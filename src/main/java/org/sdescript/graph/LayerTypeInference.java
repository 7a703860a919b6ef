package org.sdescript.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Infers the types of normalisations and attention. */
public final class LayerTypeInference {
    private LayerTypeInference() {}

    static DType floating(List<Type.TensorType> operands) {
        return operands.stream().map(Type.TensorType::dtype).reduce(DType.FLOAT32, DType::promote);
    }

    static Type groupNorm(int groups, List<Type.TensorType> operands, @Nullable Span span) {
        requireGroups(groups, operands.getFirst().shape(), span);
        return Type.tensor(floating(operands), operands.getFirst().shape());
    }

    /** Returns the channels of a group norm's operand [n, channels, …]; throws unless its groups divide them. */
    public static long requireGroups(int groups, Shape x, @Nullable Span span) {
        if (x.rank() < 2) {
            throw Diagnostic.error(
                            "E0560",
                            span,
                            "group_norm takes samples with channels, [n, channels, …], and is given "
                                    + (x.rank() == 0 ? "a single number" : x))
                    .help("`reshape(x, [len(x), -1])` gives each sample its own row")
                    .raise();
        }
        if (x.size(1) % groups != 0) {
            throw Diagnostic.error(
                            "E0562", span, x.size(1) + " channels do not divide into " + groups + " groups, in " + x)
                    .help(
                            x.size(1) == 1
                                    ? "one channel is one group: `groups = 1`"
                                    : "`groups` divides the channels: " + divisors(x.size(1)))
                    .raise();
        }
        return x.size(1);
    }

    /** Returns the divisors in words: {@code 1, 2, 3 or 6}. */
    public static String divisors(long number) {
        List<String> divisors = new ArrayList<>(LongStream.rangeClosed(1, number)
                .filter(each -> number % each == 0)
                .mapToObj(Long::toString)
                .toList());
        String last = divisors.removeLast();
        return divisors.isEmpty() ? last : String.join(", ", divisors) + " or " + last;
    }

    /** Returns the size of the last axis, the features of a layer's operand; throws for a single number. */
    public static long features(Shape x, @Nullable Span span) {
        if (x.rank() == 0) {
            throw Diagnostic.error(
                            "E0503", span, "a layer needs at least one axis of features, and is given a single number")
                    .raise();
        }
        return x.size(x.rank() - 1);
    }

    static Type layerNorm(List<Type.TensorType> operands, @Nullable Span span) {
        features(operands.getFirst().shape(), span);
        return Type.tensor(floating(operands), operands.getFirst().shape());
    }

    static Type attention(List<Type.TensorType> operands) {
        Shape q = operands.get(0).shape();
        Shape k = operands.get(1).shape();
        Shape v = operands.get(2).shape();
        int last = q.rank() - 1;
        if (last < 1 || !k.equals(q.with(last - 1, k.size(last - 1))) || !v.equals(k.with(last, v.size(last)))) {
            throw new IllegalArgumentException("attention of " + q + " to " + k + " and " + v);
        }
        return Type.tensor(floating(operands), q.with(last, v.size(last)));
    }
}
