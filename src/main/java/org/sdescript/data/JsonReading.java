package org.sdescript.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Value;

/**
 * Reads a JSON file as values: objects as records, arrays as lists, numbers as doubles. The strings "NaN", "Infinity"
 * and "-Infinity" are numbers, see {@link JsonWriting}, and so are the bare words that Python writes.
 */
public final class JsonReading {
    static final int DEEPEST = 200;
    private static final long LARGEST = 1L << 30;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Path path;
    private final String text;

    private JsonReading(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    public static Value read(Path path) {
        FileFault.requireReadable(path);
        JsonReading reading = new JsonReading(path, text(path));
        try (JsonParser json = JSON.createParser(reading.text)) {
            return reading.whole(json);
        } catch (StreamConstraintsException limit) {
            throw reading.tooLarge();
        } catch (JsonProcessingException wrong) {
            throw reading.wrong(wrong.getLocation());
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    private static String text(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                throw Diagnostic.error("E0725", null, path + " is larger than a gigabyte")
                        .help("large arrays belong into .npy and .npz files")
                        .raise();
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw Diagnostic.error("E0714", null, path + " is not UTF-8 text")
                    .help("JSON files are UTF-8: iconv -f WINDOWS-1252 -t UTF-8")
                    .raise();
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    private Value whole(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw Diagnostic.error("E0711", null, path + " is empty").raise();
        }
        Value value = value(json, first);
        if (json.nextToken() != null) {
            throw wrong(json.currentTokenLocation());
        }
        return value;
    }

    private Value value(JsonParser json, @Nullable JsonToken token) throws IOException {
        StopRequest.poll();
        return switch (token) {
            case START_ARRAY -> list(json);
            case START_OBJECT -> record(json);
            case VALUE_STRING -> text(json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Value.number(json.getDoubleValue());
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.None.NONE;
            case null, default -> throw wrong(json.currentTokenLocation());
        };
    }

    private Value list(JsonParser json) throws IOException {
        List<Value> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            elements.add(value(json, token));
        }
        return Value.list(elements);
    }

    private Value record(JsonParser json) throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            fields.put(name, value(json, json.nextToken()));
        }
        return new Value.RecordValue(fields);
    }

    private Value text(JsonParser json) throws IOException {
        String read = json.getText();
        Double number = JsonWriting.NOT_FINITE.get(read);
        int start = (int) json.currentTokenLocation().getCharOffset();
        return number != null && text.startsWith('"' + read + '"', start) ? Value.number(number) : Value.text(read);
    }

    private SdeError wrong(@Nullable JsonLocation place) {
        String where = place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
        return Diagnostic.error("E0729", null, path + where + ": this is no JSON")
                .note("JSON is one value: a number, a string in \", true, false, null, a list [1, 2] or an object"
                        + " {\"name\": 1} whose names differ")
                .help("`save(value, \"file.json\")` and `json.dump` of Python write such files")
                .raise();
    }

    private SdeError tooLarge() {
        return Diagnostic.error(
                        "E0728",
                        null,
                        path + " nests deeper than " + DEEPEST + " lists, or has a number of a" + " thousand digits")
                .help("files that `save` writes have neither")
                .raise();
    }
}
