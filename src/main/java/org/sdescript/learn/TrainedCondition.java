package org.sdescript.learn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.LabelChecks;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A condition that a model was trained with, such as a label or a vector.
 *
 * @param name the network's variable
 * @param one the shape of the condition of one sample; without axes for a number
 */
record TrainedCondition(String name, Shape one, Role role) {
    private static final int MOST_AXES = 8;
    private static final Pattern WRITTEN =
            Pattern.compile("(\\p{L}[\\p{L}\\p{N}_]*) (number|whole|label)((?: [1-9]\\d{0,8}){0," + MOST_AXES + "})");

    /** The kind of a condition: numbers of the run's precision, whole numbers, or a label, which is a whole number too. */
    enum Role {
        NUMBER,
        WHOLE,
        LABEL
    }

    boolean isLabel() {
        return role == Role.LABEL;
    }

    boolean isWhole() {
        return role != Role.NUMBER;
    }

    DType dtype(Tensors tensors) {
        return isWhole() ? DType.INT64 : tensors.precision();
    }

    /** True if the value has a row for each sample, and not the shape of one condition. */
    boolean isForEach(Value value, Tensors tensors) {
        return tensors.shape(value).rank() == one.rank() + 1;
    }

    /** Throws unless the value is one condition, or has the shape of one for each sample. */
    void require(Value value, Tensors tensors, Span span) {
        Value tensor = tensors.require(value, "`" + name + "` of a model", span);
        Shape shape = tensors.shape(tensor);
        boolean isOne = shape.equals(one) || one.rank() == 0 && shape.elements() == 1;
        boolean isEach = shape.rank() == one.rank() + 1
                && shape.sizes().subList(1, shape.rank()).equals(one.sizes());
        if (!isOne && !isEach) {
            throw unfit(shape, "", span);
        }
        if (isWhole()) {
            LabelChecks.require(tensor, isLabel() ? "labels" : "values of `" + name + "`", tensors, span);
        }
    }

    /** Returns the value with a row for each sample. */
    Value perSample(Value value, Shape samples, Tensors tensors, Span span) {
        require(value, tensors, span);
        long n = samples.elements();
        Value typed = tensors.require(value, name, span);
        if (one.rank() == 0) {
            Value numbers = ModelInputs.perSample(typed, "values of `" + name + "`", samples, tensors, span);
            return isLabel() ? numbers : tensors.cast(numbers, dtype(tensors), span);
        }
        typed = tensors.cast(typed, dtype(tensors), span);
        if (!isForEach(typed, tensors)) {
            typed = tensors.reshape(typed, one.prepended(1), span);
        }
        long given = tensors.shape(typed).size(0);
        if (given != n && given != 1) {
            throw unfit(tensors.shape(typed), " for " + n + " samples", span);
        }
        return given == n ? typed : tensors.apply(new Operation.Broadcast(one.prepended(n)), span, typed);
    }

    private SdeError unfit(Shape shape, String samples, Span span) {
        return Diagnostic.error(
                        "E0808", span, "the condition `" + name + "` of the model has the shape " + shape + samples)
                .help("it was trained with " + wanted())
                .raise();
    }

    /** Returns {@code [3] for all samples, or [n, 3], one for each}. */
    String wanted() {
        return one.rank() == 0
                ? "a number for all samples, or [n], one for each"
                : one + " for all samples, or " + each() + ", one for each";
    }

    /** Returns the shape of a condition for each sample: {@code [n, 3]}. */
    String each() {
        return Stream.concat(Stream.of("n"), one.sizes().stream().map(String::valueOf))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns what stands for a dropped condition: zeros, or −1. */
    Value dropped(Shape samples, Tensors tensors, Span span) {
        Value filled = tensors.fill(missing(), one.prepended(samples.elements()), span);
        return tensors.cast(filled, dtype(tensors), span);
    }

    /** Returns the number that stands for a dropped condition. */
    Value.Num missing() {
        return Value.number(isWhole() ? -1 : 0);
    }

    /** Returns {@code c [3]}, or the name alone for a number. */
    String show() {
        return one.rank() == 0 ? name : name + " " + one;
    }

    /** Returns the type of the condition of so many samples. */
    Type type(long samples, Tensors tensors) {
        return Type.tensor(dtype(tensors), one.prepended(samples));
    }

    String written() {
        return Stream.concat(
                        Stream.of(name, role.name().toLowerCase(Locale.ROOT)),
                        one.sizes().stream().map(String::valueOf))
                .collect(Collectors.joining(" "));
    }

    static Optional<TrainedCondition> read(String line) {
        Matcher matcher = WRITTEN.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<Long> sizes = Stream.of(matcher.group(3).split(" "))
                .filter(size -> !size.isEmpty())
                .map(Long::valueOf)
                .toList();
        double elements = sizes.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
        return elements > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new TrainedCondition(
                        matcher.group(1),
                        new Shape(sizes),
                        Role.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))));
    }
}
