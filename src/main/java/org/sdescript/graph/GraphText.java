package org.sdescript.graph;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.NumberText;

/** A graph as text, one line per node: {@code %7 : float32 [64, 2] = multiply %3 %5}. */
final class GraphText {
    /** Longer literals show their ends only. */
    private static final int SHOWN = 6;

    /** Components that the node's type or the operation's name already shows. */
    private static final Set<String> SAID = Set.of("dtype", "shape", "type", "function");

    private GraphText() {}

    static String of(Graph graph) {
        StringBuilder text = new StringBuilder();
        for (Node node : graph.nodes()) {
            text.append(node).append(" : ").append(node.type()).append(" = ").append(words(node.operation()));
            node.inputs().forEach(input -> text.append(' ').append(input));
            text.append('\n');
        }
        return text.append("return ")
                .append(graph.outputs().stream().map(Node::toString).collect(Collectors.joining(", ")))
                .append('\n')
                .toString();
    }

    private static String words(Operation operation) {
        if (operation instanceof Operation.Input(int index, Type type)) {
            return "input " + index;
        }
        if (operation instanceof Operation.Number(double value)) {
            return NumberText.of(value);
        }
        if (operation instanceof Operation.Literal(DType dtype, Shape shape, List<Double> values)) {
            return "literal " + ends(values);
        }
        String settings = Stream.of(operation.getClass().getRecordComponents())
                .filter(component -> !SAID.contains(component.getName()))
                .map(component -> component.getName() + " = " + value(operation, component))
                .collect(Collectors.joining(", "));
        String name = operation.words().replace(' ', '_');
        return settings.isEmpty() ? name : name + "(" + settings + ")";
    }

    /** Formats the ends as float32, which has fewer digits. */
    private static String ends(List<Double> values) {
        List<String> words =
                values.stream().map(value -> NumberText.of(value.floatValue())).toList();
        return values.size() <= SHOWN
                ? words.toString()
                : String.format(
                        Locale.ROOT, "[%s, %s, %s, … %s]", words.get(0), words.get(1), words.get(2), words.getLast());
    }

    private static Object value(Operation operation, RecordComponent component) {
        try {
            return component.getAccessor().invoke(operation);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
