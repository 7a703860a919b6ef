package org.sdescript.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Converts what Java sets a {@code param} to into a value of the kind of the parameter's default. */
final class ParameterValues {
    private final String name;
    private final Function<@Nullable Object, Value> convert;

    /** @param convert converts plain data of any kind, for parameters whose default says nothing of the kind */
    ParameterValues(String name, Function<@Nullable Object, Value> convert) {
        this.name = name;
        this.convert = convert;
    }

    /**
     * Throws if the parameter's default is written out, such as {@code 3} or {@code ["a"]}, and the given data is of
     * another kind. The kind of any other default is known only when the script runs.
     */
    static void requireKind(String name, Expression written, @Nullable Object plain) {
        literal(written)
                .filter(fallback -> fallback != Value.None.NONE)
                .ifPresent(fallback -> new ParameterValues(name, any -> fallback).of(plain, fallback));
    }

    private static Optional<Value> literal(Expression written) {
        return switch (written) {
            case Expression.Number number -> Optional.of(Value.number(number.value()));
            case Expression.Negate(Expression.Number number, var span) -> Optional.of(Value.number(-number.value()));
            case Expression.Bool bool -> Optional.of(Value.Bool.of(bool.value()));
            case Expression.Text text ->
                Optional.of(Value.text(text.span().text().replace("\"", "")));
            case Expression.None none -> Optional.of(Value.None.NONE);
            case Expression.ListLiteral list -> literals(list.elements());
            default -> Optional.empty();
        };
    }

    private static Optional<Value> literals(List<Expression> elements) {
        List<Value> values = elements.stream()
                .map(ParameterValues::literal)
                .flatMap(Optional::stream)
                .toList();
        return values.size() == elements.size() ? Optional.of(Value.list(values)) : Optional.empty();
    }

    /** Returns the value; throws if the data is not of the kind of the default. */
    Value of(@Nullable Object plain, Value fallback) {
        return switch (fallback) {
            case Value.Num number when plain instanceof Double given -> Value.number(given);
            case Value.Bool bool when plain instanceof Boolean given -> Value.Bool.of(given);
            case Value.Text text when plain instanceof String given -> Value.text(given);
            case Value.Text text when plain instanceof Double given -> Value.text(ValueText.number(given));
            case Value.Text text when plain instanceof Boolean given -> Value.text(given.toString());
            case Value.ListValue(List<Value> elements)
            when plain instanceof List<?> given -> Value.list(list(given, elements, plain, fallback));
            case Value.ListValue list when plain instanceof NdArray given && given.rank() > 0 -> rows(given);
            case Value.RecordValue record when plain instanceof Map -> convert.apply(plain);
            case Value.TensorValue tensor when plain instanceof NdArray -> convert.apply(plain);
            case Value.TensorValue tensor
            when plain instanceof List<?> given ->
                convert.apply(NestedLists.read(given).orElseThrow(() -> mistyped(plain, fallback)));
            case Value.None none -> convert.apply(plain);
            case Value.Num number when plain instanceof String text -> read(text, fallback);
            case Value.Bool bool when plain instanceof String text -> read(text, fallback);
            case Value.ListValue list when plain instanceof String text -> read(text, fallback);
            default -> throw mistyped(plain, fallback);
        };
    }

    /** Reads a string as the command line does, for programs that pass texts on. */
    private Value read(String text, Value fallback) {
        return ScriptParameters.read(text, fallback).orElseThrow(() -> mistyped(text, fallback));
    }

    /** Converts the elements of a list, each to the kind of the default's first element. */
    private List<Value> list(List<?> given, List<Value> elements, Object plain, Value fallback) {
        List<Value> values = new ArrayList<>();
        for (Object each : given) {
            try {
                values.add(elements.isEmpty() ? convert.apply(each) : of(each, elements.getFirst()));
            } catch (SdeException element) {
                throw SdeException.of(
                        "E0922",
                        "the parameter `" + name + "` takes a list like its default, and element " + values.size()
                                + " is " + PlainData.words(each),
                        standard(fallback));
            }
        }
        return values;
    }

    private static Value rows(NdArray given) {
        return given.rank() == 1
                ? Value.numbers(given.values())
                : Value.list(Arrays.stream(given.rows())
                        .map(row -> rows(NdArray.of(row, inner(given))))
                        .toList());
    }

    private static int[] inner(NdArray given) {
        return Arrays.copyOfRange(given.shape(), 1, given.rank());
    }

    private SdeException mistyped(@Nullable Object plain, Value fallback) {
        return SdeException.of(
                "E0922",
                "the parameter `" + name + "` takes " + fallback.words() + ", and is given " + PlainData.words(plain),
                standard(fallback));
    }

    private static String standard(Value fallback) {
        return "its default is " + ValueText.show(fallback);
    }

    /** Returns the parameters of one run, whose values are converted on the run's thread. */
    static ScriptParameters of(Map<String, ?> given, Function<@Nullable Object, Value> convert) {
        Map<String, Function<Value, Value>> values = new LinkedHashMap<>();
        given.forEach(
                (name, plain) -> values.put(name, fallback -> new ParameterValues(name, convert).of(plain, fallback)));
        return ScriptParameters.converted(values);
    }
}
