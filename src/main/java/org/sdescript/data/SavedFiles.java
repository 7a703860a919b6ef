package org.sdescript.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.runtime.Value;

/**
 * The files that {@code save} writes, by the kind of the value: .json for any nesting of plain values, text for strings
 * and tables, rows for records and numbers, arrays for numbers.
 */
public final class SavedFiles {
    static final String JSON = ".json";
    static final String CSV = ".csv";
    static final String MODEL = ".safetensors";
    static final String NPZ = ".npz";

    /** Endings of files of text. */
    static final List<String> TEXT = List.of(".txt", ".md", ".tex");

    private static final String CODE = "E0722";
    private static final List<String> ARRAY = List.of(CSV, ".npy", NPZ, JSON, ".png", NumberFile.TENSORS);
    private static final List<String> RECORD = List.of(JSON, CSV, NPZ, NumberFile.TENSORS);

    /** The kinds of values that an array holds. */
    private static final Set<Kind> NUMBERS = Set.of(Kind.NUMBER, Kind.TENSOR, Kind.DATA, Kind.LIST, Kind.TRACED_NUMBER);

    private static final Map<Kind, List<String>> ENDINGS = Map.of(
            Kind.ERROR, List.of(JSON),
            Kind.NUMBER, List.of(JSON, CSV, ".npy", NPZ, NumberFile.TENSORS),
            Kind.BOOLEAN, List.of(JSON),
            Kind.NONE, List.of(JSON),
            Kind.TEXT, joined(TEXT, List.of(JSON)),
            Kind.LIST, ARRAY,
            Kind.RECORD, RECORD,
            Kind.TENSOR, ARRAY,
            Kind.DATA, ARRAY,
            Kind.TABLE, joined(List.of(CSV, JSON), TEXT));

    private static final FileExtensions ANY = new FileExtensions(CODE, "no value is saved as ", joined(ARRAY, TEXT));

    private SavedFiles() {}

    /** The endings for what is known of a value before the run. */
    public static FileExtensions of(Optional<StaticValue> value) {
        return value.map(known -> of(
                        known.kind(),
                        known.fields().values().stream()
                                .flatMap(Optional::stream)
                                .map(StaticValue::kind)
                                .collect(Collectors.toSet())))
                .orElse(ANY);
    }

    static FileExtensions of(Value value) {
        Set<Kind> fields = value instanceof Value.RecordValue(var its)
                ? its.values().stream().map(Value::kind).collect(Collectors.toSet())
                : Set.of();
        return of(value.kind(), fields);
    }

    /** @param fields the kinds of a record's fields: files of arrays hold numbers only */
    private static FileExtensions of(Kind kind, Set<Kind> fields) {
        if (kind == Kind.MODEL) {
            return new FileExtensions("E0872", refusal(kind), List.of(MODEL));
        }
        List<String> endings = new ArrayList<>(ENDINGS.getOrDefault(kind, List.of()));
        if (!NUMBERS.containsAll(fields)) {
            endings.removeAll(List.of(NPZ, NumberFile.TENSORS));
        }
        return new FileExtensions(CODE, refusal(kind), endings, remedy(kind));
    }

    private static String refusal(Kind kind) {
        return kind.words() + " is not saved as ";
    }

    private static String remedy(Kind kind) {
        return switch (kind) {
            case LAYER, FIGURE -> "`plot(…, to = \"figure.png\")` writes a figure";
            case PROCESS, SDE, TRANSITION, EXPLANATION, FORMULA ->
                "`save(latex(…), \"formulas.tex\")` writes the formulas, `save(string(…), \"formulas.txt\")` the text";
            default ->
                "files hold numbers, strings, truth values, lists, records, tensors, data sets, tables and models";
        };
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
