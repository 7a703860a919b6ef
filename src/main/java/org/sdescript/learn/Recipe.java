package org.sdescript.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Value;

/**
 * A callable of the standard library with what it was configured with, as JSON, so that a file can say which it was:
 * {@code {"name": "mlp", "with": {"hidden": 16}}}. A script's own callables have no name that other scripts know.
 */
final class Recipe {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "name";
    private static final String WITH = "with";

    private Recipe() {}

    static Optional<String> of(Callable callable, Environment library) {
        return json(callable, library).map(JsonNode::toString);
    }

    private static Optional<JsonNode> json(Value value, Environment library) {
        return switch (value) {
            case Value.Num(double number) -> Optional.of(JSON.getNodeFactory().numberNode(number));
            case Value.Bool(boolean truth) -> Optional.of(JSON.getNodeFactory().booleanNode(truth));
            case Value.Text(String text) -> Optional.of(JSON.getNodeFactory().textNode(text));
            case Value.None none -> Optional.of(JSON.getNodeFactory().nullNode());
            case Value.ListValue(List<Value> elements) -> list(elements, library);
            case Callable callable -> callable(callable, library);
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> list(List<Value> elements, Environment library) {
        List<JsonNode> nodes = elements.stream()
                .flatMap(element -> json(element, library).stream())
                .toList();
        return nodes.size() == elements.size()
                ? Optional.of(JSON.createArrayNode().addAll(nodes))
                : Optional.empty();
    }

    private static Optional<JsonNode> callable(Callable callable, Environment library) {
        String name = callable.signature().name();
        boolean isKnown = library.find(name) instanceof Callable known && known.signature() == callable.signature();
        ObjectNode with = JSON.createObjectNode();
        for (Map.Entry<String, Value> given : callable.configuration().entrySet()) {
            Optional<JsonNode> value = json(given.getValue(), library);
            value.ifPresent(node -> with.set(given.getKey(), node));
            isKnown &= value.isPresent();
        }
        return isKnown ? Optional.of(JSON.createObjectNode().put(NAME, name).set(WITH, with)) : Optional.empty();
    }

    /** What a recipe makes, where the library still has its callable. */
    static Optional<Callable> read(String recipe, Environment library) {
        try {
            return value(JSON.readTree(recipe), library) instanceof Callable callable
                    ? Optional.of(callable)
                    : Optional.empty();
        } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    private static Value value(JsonNode node, Environment library) {
        if (node.isObject()) {
            Map<String, Value> with = new LinkedHashMap<>();
            node.path(WITH).properties().forEach(entry -> with.put(entry.getKey(), value(entry.getValue(), library)));
            return library.find(node.path(NAME).asText()) instanceof Callable callable
                    ? callable.configured(with)
                    : Value.None.NONE;
        }
        if (node.isArray()) {
            List<Value> elements = new ArrayList<>();
            node.forEach(element -> elements.add(value(element, library)));
            return Value.list(elements);
        }
        if (node.isNumber()) {
            return Value.number(node.asDouble());
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? Value.Bool.TRUE : Value.Bool.FALSE;
        }
        return node.isTextual() ? Value.text(node.asText()) : Value.None.NONE;
    }
}
