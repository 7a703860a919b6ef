package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Numeral;

/** Values as text: what {@code print} writes. */
public final class Show {
    private static final int LONGEST_BRIEF = 40;

    private Show() {}

    /** Strings as they are, everything else as it would be written. */
    public static String print(Value value) {
        return value instanceof Value.Text(String text) ? text : show(value);
    }

    public static String show(Value value) {
        return switch (value) {
            case Value.Num(double number) -> number(number);
            case Value.Bool(boolean truth) -> String.valueOf(truth);
            case Value.Text(String text) -> quoted(text);
            case Value.None none -> "none";
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(Show::show).collect(Collectors.joining(", ", "[", "]"));
            case Value.RecordValue(Map<String, Value> fields) -> "{" + fields(fields, ": ") + "}";
            case Value.TensorValue(var tensor) -> TensorText.of(tensor);
            case Value.TracedValue(var node) -> "a traced " + node.type();
            case Value.FormulaValue formula -> Formulas.print(formula);
            case Value.Extension extension -> extension.show();
        };
    }

    static String brief(Value value) {
        String text = show(value);
        return text.length() <= LONGEST_BRIEF ? text : text.substring(0, LONGEST_BRIEF - 1) + "…";
    }

    static String fields(Map<String, Value> fields, String separator) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + separator + show(field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The shortest decimal that reads back as the same double; whole numbers without a point. */
    public static String number(double value) {
        return Numeral.of(value);
    }

    /** The same for a float32, which has fewer digits to tell. */
    public static String number(float value) {
        return Numeral.of(value);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("{", "\\{")
                + '"';
    }
}
