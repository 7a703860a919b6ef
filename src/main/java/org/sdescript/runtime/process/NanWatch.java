package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Reduction;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.StepWatch;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/**
 * Detects nan and infinite values in samples. A watched sampling checks the result of every predictor and corrector,
 * so that the error names the first step with such a value.
 */
public final class NanWatch implements StepWatch {
    private final Interpreter interpreter;
    private int predictions;

    public NanWatch(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** Returns the indices, from 0, of the samples with a nan or infinite value. */
    public static List<Integer> violated(Value samples, Tensors tensors, Span span) {
        boolean[] bad = {};
        for (Value leaf : leaves(samples)) {
            double[] probe = probe(leaf, tensors, span);
            if (bad.length == 0) {
                bad = new boolean[probe.length];
            }
            for (int i = 0; i < Math.min(bad.length, probe.length); i++) {
                bad[i] |= Double.isNaN(probe[i]);
            }
        }
        boolean[] found = bad;
        return IntStream.range(0, found.length).filter(i -> found[i]).boxed().toList();
    }

    /**
     * Returns one number per sample, nan if the sample is not finite: nan · 0 and ∞ · 0 are nan, and a sum with nan
     * is nan.
     */
    private static double[] probe(Value leaf, Tensors tensors, Span span) {
        int rank = tensors.shape(leaf).rank();
        Value zeros = tensors.binary(BinaryOperation.MULTIPLY, leaf, Value.number(0), span);
        List<Integer> axes = IntStream.range(1, rank).boxed().toList();
        Value each = tensors.reduce(Reduction.SUM, zeros, axes, false, span);
        return ((Value.TensorValue) each).tensor().peek();
    }

    private static List<Value> leaves(Value samples) {
        List<Value> leaves = new ArrayList<>();
        TensorLeaves.replace(samples, leaf -> {
            if (leaf instanceof Value.TensorValue) {
                leaves.add(leaf);
            }
            return leaf;
        });
        return leaves;
    }

    private boolean holds(Value value, Span span) {
        return violated(value, interpreter.tensors(), span).isEmpty();
    }

    /** Throws if the x returned by a predictor or corrector is not finite; the error names the step and the time. */
    @Override
    public void look(Closure step, Map<String, Value> given, Value result, Span span) {
        boolean predicts = step.declaration().kind() == org.sdescript.ast.CallableKind.PREDICTOR;
        predictions += predicts ? 1 : 0;
        if (!(result instanceof Value.ListValue(var both)) || holds(both.getFirst(), span)) {
            return;
        }
        List<SlotTable.Slot> slots = step.signature().slots();
        Value score = given(given, slots.get(1));
        Value x = given(given, slots.get(2));
        Value t = given(given, slots.get(3));
        String when = "in step " + (predicts ? predictions : predictions + 1) + ", at t = " + ValueText.show(t);
        Value process = given(given, slots.getFirst());
        Value dt = slots.size() > 4 ? given.get(slots.get(4).name()) : null;
        Optional<DegenerateEnds.Cause> cause = cause(process, t, dt);
        Diagnostic told = Diagnostic.error(
                        "E0540",
                        span,
                        "x becomes " + word(both.getFirst()) + " " + when + ", in the "
                                + step.declaration().kind().word() + " " + step.show())
                .note("before, |x| was at most " + ValueText.number(largest(x)))
                .note(ofScore(score, x, t, span));
        throw cause.map(its -> told.note(its.reason()))
                .orElse(told)
                .help(cause.map(DegenerateEnds.Cause::remedy)
                        .orElse(
                                "likely causes: a step that is too large (more `steps`; a smaller `snr` of a corrector), a score"
                                        + " far outside of what it was trained on, a coefficient that grows without bound near "
                                        + nearest(process, t)))
                .raise();
    }

    private static Value given(Map<String, Value> given, SlotTable.Slot slot) {
        return Objects.requireNonNull(given.get(slot.name()));
    }

    /** Returns the cause that the process's coefficients have at the start or the end of the step, if any. */
    private static Optional<DegenerateEnds.Cause> cause(Value process, Value t, @Nullable Value dt) {
        if (!(process instanceof ProcessValue its) || !(t instanceof Value.Num(double from))) {
            return Optional.empty();
        }
        double to = dt instanceof Value.Num(double length) ? from + length : from;
        return DegenerateEnds.of(its.process()).flatMap(ends -> ends.at(from).or(() -> ends.at(to)));
    }

    /** Returns the name of the nearer end of the time interval. */
    private static String nearest(Value process, Value t) {
        return process instanceof ProcessValue its
                        && t instanceof Value.Num(double time)
                        && its.process().tMax() - time < time - its.process().tMin()
                ? "t_max"
                : "t_min";
    }

    private String ofScore(Value score, Value x, Value t, Span span) {
        if (!(score instanceof Callable callable)) {
            return "there is no score";
        }
        Value there = interpreter.call(callable, span, x, t);
        return leaves(there).isEmpty() || holds(there, span)
                ? "the score there is at most " + ValueText.number(largest(there))
                : "the score there is " + word(there) + " already";
    }

    private static String word(Value value) {
        boolean nan = leaves(value).stream()
                .flatMapToDouble(leaf -> java.util.Arrays.stream(doubles(leaf)))
                .anyMatch(Double::isNaN);
        return nan ? "nan" : "infinite";
    }

    /** Returns the largest |value|, rounded to three digits for display. */
    private static double largest(Value value) {
        double largest = leaves(value).stream()
                .flatMapToDouble(leaf -> java.util.Arrays.stream(doubles(leaf)))
                .map(Math::abs)
                .max()
                .orElse(value instanceof Value.Num(double number) ? Math.abs(number) : 0);
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", largest));
    }

    private static double[] doubles(Value leaf) {
        Tensor tensor = ((Value.TensorValue) leaf).tensor();
        return tensor.peek();
    }
}
