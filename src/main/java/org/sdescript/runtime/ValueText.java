package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.interrupt.StopRequest;

/** Formats values as text, the output of {@code print}. */
public final class ValueText {
    private static final int LONGEST_BRIEF = 40;
    private static final int LONGEST_WHOLE = 1000;
    private static final int AT_EACH_END = 3;
    private static final int DEEPEST = 100;

    /** Values shared by lists are shown again for each list: forty lists of pairs would make 2⁴⁰ values. */
    private static final int MOST_VALUES = 1_000_000;

    private int values;

    private ValueText() {}

    /** Returns strings verbatim, any other value as source text. */
    public static String print(Value value) {
        return value instanceof Value.Text(String text) ? text : show(value);
    }

    public static String show(Value value) {
        return new ValueText().show(value, 0);
    }

    private String show(Value value, int depth) {
        StopRequest.poll();
        if (depth > DEEPEST || values++ >= MOST_VALUES) {
            return "…";
        }
        return switch (value) {
            case Value.Num(double number) -> number(number);
            case Value.Bool(boolean bool) -> String.valueOf(bool);
            case Value.Text(String text) -> PrintableText.quoted(text);
            case Value.None none -> "none";
            case Value.ListValue(List<Value> elements) -> "[" + list(elements, depth + 1) + "]";
            case Value.RecordValue(Map<String, Value> fields) -> "{" + fields(fields, ": ", depth + 1) + "}";
            case Value.TensorValue(var tensor) -> TensorText.of(tensor);
            case Value.TracedValue(var node) -> "a traced " + node.type();
            case Value.FormulaValue formula -> Formulas.print(formula);
            case Value.Extension extension -> extension.show();
        };
    }

    /** Shows only both ends of a long list. */
    private String list(List<Value> elements, int depth) {
        int count = elements.size();
        return count <= LONGEST_WHOLE
                ? joined(elements, depth)
                : joined(elements.subList(0, AT_EACH_END), depth) + ", … " + (count - 2 * AT_EACH_END) + " more …, "
                        + joined(elements.subList(count - AT_EACH_END, count), depth);
    }

    private String joined(List<Value> elements, int depth) {
        return elements.stream().map(element -> show(element, depth)).collect(Collectors.joining(", "));
    }

    static String brief(Value value) {
        String text = show(value);
        return text.length() <= LONGEST_BRIEF ? text : text.substring(0, LONGEST_BRIEF - 1) + "…";
    }

    static String fields(Map<String, Value> fields, String separator) {
        return new ValueText().fields(fields, separator, 0);
    }

    private String fields(Map<String, Value> fields, String separator, int depth) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + separator + show(field.getValue(), depth))
                .collect(Collectors.joining(", "));
    }

    /** Returns the shortest decimal that reads back as the same double; whole numbers without a point. */
    public static String number(double value) {
        return NumberText.of(value);
    }

    /** Returns the shortest decimal that reads back as the same float32. */
    public static String number(float value) {
        return NumberText.of(value);
    }
}
