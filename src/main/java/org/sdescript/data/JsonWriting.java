package org.sdescript.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.ErrorValue;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;

/**
 * Writes values as JSON, which {@link JsonReading} reads back equal: numbers in the shortest form that reads back as the
 * same double, tensors and data sets as nested lists, tables as lists of records.
 *
 * <p>JSON has no nan and no infinity; these are the strings "NaN", "Infinity" and "-Infinity". A string of the script
 * that is one of these three is written with an escaped letter, {@code "\u004eaN"}: the same string for every reader,
 * but {@link JsonReading} knows that it is no number.
 */
final class JsonWriting {
    /** The strings that stand for numbers. */
    static final Map<String, Double> NOT_FINITE =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private static final JsonFactory JSON = new JsonFactory();

    /** Below 1e15 every whole number is an exact double and is written without a point. */
    private static final double WHOLE = 1e15;

    private final OutputStream out;
    private final Path path;

    JsonWriting(OutputStream out, Path path) {
        this.out = out;
        this.path = path;
    }

    void write(Value value) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            write(value, json, "", 0);
        }
    }

    /** @param place the way to the value from the whole, as in {@code .runs[2]} */
    private void write(Value value, JsonGenerator json, String place, int depth) throws IOException {
        StopRequest.poll();
        if (depth > JsonReading.DEEPEST) {
            throw tooDeep();
        }
        switch (value) {
            case Value.Num(double number) -> number(number, json);
            case Value.Bool(boolean bool) -> json.writeBoolean(bool);
            case Value.Text(String text) -> text(text, json);
            case Value.None none -> json.writeNull();
            case Value.ListValue(List<Value> elements) -> list(elements, json, place, depth);
            case Value.RecordValue(Map<String, Value> fields) -> record(fields, json, place, depth);
            case Value.TensorValue(var tensor) -> {
                boolean isMask = tensor.dtype() == DType.BOOL;
                boolean isWhole = tensor.dtype() == DType.INT64;
                NumberFile.writeJson(NestedNumbers.array(value).orElseThrow(), json, number -> {
                    if (isMask) {
                        json.writeBoolean(number != 0);
                    } else if (isWhole) {
                        number(number, json);
                    } else {
                        json.writeNumber(number);
                    }
                });
            }
            case TensorSource source -> write(source.tensor(), json, place, depth);
            case ErrorValue caught -> record(caught.fields().fields(), json, place, depth);
            case Tabular tabular -> rows(tabular.table(), json, place, depth);
            default -> throw refused(value, place);
        }
    }

    private static void number(double number, JsonGenerator json) throws IOException {
        boolean isNegativeZero = number == 0 && 1 / number < 0;
        if (number == Math.rint(number) && Math.abs(number) < WHOLE && !isNegativeZero) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }

    private static void text(String text, JsonGenerator json) throws IOException {
        if (NOT_FINITE.containsKey(text)) {
            json.writeRawValue(String.format(Locale.ROOT, "\"\\u%04x%s\"", (int) text.charAt(0), text.substring(1)));
        } else {
            json.writeString(text);
        }
    }

    private void list(List<Value> elements, JsonGenerator json, String place, int depth) throws IOException {
        json.writeStartArray();
        int position = 0;
        for (Value element : elements) {
            write(element, json, place + "[" + position++ + "]", depth + 1);
        }
        json.writeEndArray();
    }

    private void record(Map<String, Value> fields, JsonGenerator json, String place, int depth) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            write(field.getValue(), json, place + "." + field.getKey(), depth + 1);
        }
        json.writeEndObject();
    }

    private void rows(TableValue table, JsonGenerator json, String place, int depth) throws IOException {
        list(List.copyOf(table.rows()), json, place, depth);
    }

    private SdeError refused(Value value, String place) {
        String what = place.isEmpty() ? "the value" : "`" + place.replaceFirst("^\\.", "") + "`";
        return Diagnostic.error(
                        "E0727", null, what + " is " + value.words() + ", which " + path.getFileName() + " cannot hold")
                .help("a .json file holds numbers, strings, truth values, none, lists, records, tensors, data sets"
                        + " and tables")
                .raise();
    }

    private SdeError tooDeep() {
        return Diagnostic.error("E0728", null, "the value nests deeper than " + JsonReading.DEEPEST + " lists")
                .help("save its parts, each in a file of its own")
                .raise();
    }
}
