package org.sdescript.display;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.backend.Tensor;
import org.sdescript.manual.DeclaredEntries;
import org.sdescript.manual.ManualEntry;
import org.sdescript.plot.Chart;
import org.sdescript.plot.ChartValue;
import org.sdescript.plot.Figure;
import org.sdescript.plot.LayerSource;
import org.sdescript.plot.LayerValue;
import org.sdescript.plot.TerminalFigure;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.TerminalAbilities;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Formats values for the prompt: longer than {@code print} does, and laid out for reading. */
public final class ValueView {
    private static final int WIDE = 92;
    private static final int BRIEF = 80;
    private static final int ELEMENTS = 24;
    private static final int FIRST = 12;
    private static final int LAST = 3;
    private static final int SMALL_TENSOR = 10;

    private final Optional<TerminalAbilities> screen;

    private ValueView(Optional<TerminalAbilities> screen) {
        this.screen = screen;
    }

    /** The text of a value; empty for {@code none}. */
    public static Optional<String> of(Value value, Console console) {
        return of(value, console.screen());
    }

    /** The text of a value without a terminal's pictures; empty for {@code none}. */
    static Optional<String> plain(Value value) {
        return of(value, Optional.empty());
    }

    private static Optional<String> of(Value value, Optional<TerminalAbilities> screen) {
        return value == Value.None.NONE ? Optional.empty() : Optional.of(new ValueView(screen).text(value));
    }

    private String text(Value value) {
        return switch (value) {
            case Value.Num number -> ValueText.show(number);
            case Value.Bool bool -> ValueText.show(bool);
            case Value.Text text -> raw(text);
            case Value.None none -> ValueText.show(none);
            case Value.TracedValue traced -> ValueText.show(traced);
            case Value.FormulaValue formula -> ValueText.show(formula);
            case Value.TensorValue tensor -> tensor(tensor);
            case Value.ListValue(List<Value> elements) -> list(elements);
            case Value.RecordValue(Map<String, Value> fields) -> record(fields);
            case LayerValue layer -> figure(List.of(layer.source()), value);
            case ChartValue(Chart chart) -> drawn(chart, value);
            case Callable callable -> callable(callable);
            case Tabular tabular -> RecordTable.of(tabular).orElseThrow().text();
            case TensorSource source when source.isStored() -> source.show();
            case TensorSource source -> joined(source.show(), rows(source.tensor()));
            case Value.Extension extension -> extension.show();
        };
    }

    private static String joined(String first, String rest) {
        return rest.isEmpty() ? first : first + "\n" + rest;
    }

    private static String rows(Value tensor) {
        return tensor instanceof Value.TensorValue(Tensor numbers) ? TensorRows.of(numbers) : "";
    }

    /** A short vector in full; otherwise shape, statistics and some elements. */
    private static String tensor(Value.TensorValue value) {
        Tensor tensor = value.tensor();
        int rank = tensor.shape().rank();
        if (rank == 0 || rank == 1 && tensor.shape().elements() <= SMALL_TENSOR) {
            return ValueText.show(value);
        }
        return joined(head(tensor), TensorRows.of(tensor));
    }

    private static String head(Tensor tensor) {
        double[] values = tensor.toDoubles();
        String shape = "tensor " + tensor.dtype() + " " + tensor.shape();
        if (values.length == 0) {
            return shape;
        }
        double mean = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double each : values) {
            mean += each / values.length;
            low = Math.min(low, each);
            high = Math.max(high, each);
        }
        double squares = 0;
        for (double each : values) {
            squares += (each - mean) * (each - mean);
        }
        double std = Math.sqrt(squares / Math.max(1, values.length - 1));
        return String.format(Locale.ROOT, "%s, mean %.4g, std %.4g, from %.4g to %.4g", shape, mean, std, low, high);
    }

    private String list(List<Value> elements) {
        List<LayerSource> layers = MimeBundle.layers(Value.list(elements));
        if (!layers.isEmpty()) {
            return figure(layers, Value.list(elements));
        }
        Optional<RecordTable> table = RecordTable.of(Value.list(elements));
        if (table.isPresent()) {
            return table.get().text();
        }
        if (elements.size() <= ELEMENTS) {
            String line = ValueText.show(Value.list(elements));
            return line.length() <= WIDE || elements.size() == 1
                    ? line
                    : elements.stream().map(ValueText::show).collect(Collectors.joining(",\n ", "[", "]"));
        }
        return elements.subList(0, FIRST).stream().map(ValueText::show).collect(Collectors.joining(", ", "[", ""))
                + ", … " + (elements.size() - FIRST - LAST) + " more …, "
                + elements.subList(elements.size() - LAST, elements.size()).stream()
                        .map(ValueText::show)
                        .collect(Collectors.joining(", ", "", "]"));
    }

    private static String record(Map<String, Value> fields) {
        String line = ValueText.show(new Value.RecordValue(fields));
        if (line.length() <= WIDE) {
            return line;
        }
        List<List<String>> rows = fields.entrySet().stream()
                .map(field -> List.of(field.getKey(), ValueText.show(field.getValue())))
                .toList();
        return new IndentedTable(List.of(), rows).text();
    }

    private String figure(List<LayerSource> layers, Value value) {
        return screen.isEmpty() ? ValueText.show(value) : drawn(Figure.of(layers), value);
    }

    private String drawn(Chart chart, Value value) {
        return screen.map(terminal -> TerminalFigure.of(chart, terminal).text()).orElseGet(() -> ValueText.show(value));
    }

    /** The configured call, if there is one; then the signature and the summary. */
    private static String callable(Callable callable) {
        Optional<ManualEntry> entry =
                switch (callable) {
                    case Closure closure -> Optional.of(DeclaredEntries.of(closure));
                    case ProcessDeclaration process -> Optional.of(DeclaredEntries.of(process));
                    case Builtin builtin -> Optional.of(DeclaredEntries.of(builtin));
                    default -> Optional.empty();
                };
        if (entry.isEmpty()) {
            return callable.show();
        }
        String configured = callable.configuration().isEmpty() ? "" : callable.show() + "\n";
        String summary = entry.get().text().isBlank() ? "" : "\n" + entry.get().summary();
        return configured + entry.get().signature() + summary;
    }

    /** The type of a value in a line: its kind, with the shape of a tensor or the signature of a callable. */
    public static String type(Value value) {
        return switch (value) {
            case Value.TensorValue(Tensor tensor) -> "a tensor " + tensor.dtype() + " " + tensor.shape();
            case Value.ListValue(List<Value> elements) -> "a list of " + elements.size() + common(elements);
            case Value.RecordValue(Map<String, Value> fields) ->
                "a record {" + String.join(", ", fields.keySet()) + "}";
            case Callable callable -> callable.words() + " " + callable.signature();
            case Value.Extension extension
            when !extension.fieldNames().isEmpty() ->
                extension.words() + " with " + String.join(", ", extension.fieldNames());
            default -> value.words();
        };
    }

    /** The value in one line, for lists of names. */
    public static String brief(Value value) {
        String text =
                switch (value) {
                    case Value.Num number -> ValueText.show(number);
                    case Value.Bool bool -> ValueText.show(bool);
                    case Value.Text words -> ValueText.show(words);
                    case Closure closure -> takes(closure);
                    case ProcessDeclaration process -> takes(process);
                    case Builtin builtin -> takes(builtin);
                    case Value.Extension extension ->
                        extension.show().lines().findFirst().orElse("");
                    default -> type(value);
                };
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF - 1) + "…";
    }

    /** The signature of a callable; its kind first, unless it is a plain function. */
    private static String takes(Callable callable) {
        String signature = callable.signature().toString();
        String takes = signature.substring(callable.signature().name().length());
        String kind = callable.kind().word();
        return !callable.configuration().isEmpty() ? callable.show() : kind.equals("function") ? takes : kind + takes;
    }

    /** The common kind of all elements, if they have one. */
    private static String common(List<Value> elements) {
        Set<String> kinds = elements.stream().map(Value::words).collect(Collectors.toSet());
        return kinds.size() == 1 ? ", each " + kinds.iterator().next() : "";
    }

    /** A string in quotation marks; without them if the text would need escapes, so that LaTeX can be copied. */
    private static String raw(Value.Text text) {
        boolean plain = text.value().chars().noneMatch(letter -> letter == '\\' || letter == '"' || letter == '\n');
        return plain ? ValueText.show(text) : text.value();
    }
}
