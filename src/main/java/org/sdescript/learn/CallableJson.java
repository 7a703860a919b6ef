package org.sdescript.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.sdescript.ast.CallableKind;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileJson;
import org.sdescript.files.FileText;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A declaration of the standard library with its parameters, as JSON in files:
 * {@code {"name": "mlp", "with": {"hidden": 16}}}. Files are untrusted, so a recipe names only declarations and never
 * a function with effects: each part of a model accepts one kind of declaration ({@link Part}), whose arguments are
 * numbers, truth values, strings, {@code none}, lists of these, tensors, and schedules.
 */
final class CallableJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "name";
    private static final String WITH = "with";
    private static final String SHAPE = "shape";
    private static final String NUMBERS = "numbers";

    /** The most numbers of a tensor among the parameters, which are text: a number for each component, not data. */
    private static final int MOST_ELEMENTS = 100_000;

    private static final Set<String> FIELDS = Set.of(NAME, WITH);

    private CallableJson() {}

    /** The parts of a model in a file, with the kind of declaration that each part accepts. */
    enum Part {
        NETWORK("network", "a network"),
        PROCESS("process", "an sde"),
        PREDICTION("prediction", "a prediction"),
        SCHEDULE("schedule", "a schedule");

        private final String word;
        private final String kind;

        Part(String word, String kind) {
            this.word = word;
            this.kind = kind;
        }

        String word() {
            return word;
        }

        private boolean takes(Callable callable) {
            return switch (this) {
                case NETWORK -> isDeclared(callable, CallableKind.NETWORK);
                case PROCESS -> callable instanceof ProcessDeclaration;
                case PREDICTION -> isDeclared(callable, CallableKind.FN) && Prediction.isNamed(callable);
                case SCHEDULE -> isDeclared(callable, CallableKind.SCHEDULE);
            };
        }

        private static boolean isDeclared(Callable callable, CallableKind kind) {
            return callable.declaredAs().filter(kind::equals).isPresent();
        }
    }

    /** Thrown for a damaged recipe, or one that names a declaration of the wrong kind; the message is the reason. */
    static final class Refused extends Exception {
        private Refused(String why) {
            super(why, null, false, false);
        }
    }

    /** Returns the recipe of a callable; empty if the callable or an argument cannot be named in a file. */
    static Optional<String> of(Callable callable, Part part, Environment library) {
        return callable(callable, part, library).map(JsonNode::toString);
    }

    private static Optional<JsonNode> json(Value value, Environment library) {
        return switch (value) {
            case Value.Num(double number) -> Optional.of(JSON.getNodeFactory().numberNode(number));
            case Value.Bool(boolean bool) -> Optional.of(JSON.getNodeFactory().booleanNode(bool));
            case Value.Text(String text) -> Optional.of(JSON.getNodeFactory().textNode(text));
            case Value.None none -> Optional.of(JSON.getNodeFactory().nullNode());
            case Value.ListValue(List<Value> elements) -> list(elements, library);
            case Value.TensorValue(Tensor tensor) when tensor.dtype().isFloating() -> tensor(tensor);
            case Callable callable -> callable(callable, Part.SCHEDULE, library);
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

    /** Writes a tensor of floating-point numbers, such as one that a process has for a parameter; empty if it is large. */
    private static Optional<JsonNode> tensor(Tensor tensor) {
        if (tensor.shape().elements() > MOST_ELEMENTS) {
            return Optional.empty();
        }
        ObjectNode written = JSON.createObjectNode();
        tensor.shape().sizes().forEach(written.putArray(SHAPE)::add);
        DoubleStream.of(tensor.toDoubles()).forEach(written.putArray(NUMBERS)::add);
        return Optional.of(written);
    }

    private static Optional<JsonNode> callable(Callable callable, Part part, Environment library) {
        String name = callable.signature().name();
        boolean isKnown = library.find(name) instanceof Callable known && known.signature() == callable.signature();
        isKnown &= part.takes(callable);
        ObjectNode with = JSON.createObjectNode();
        for (Map.Entry<String, Value> given : callable.configuration().entrySet()) {
            Optional<JsonNode> value = json(given.getValue(), library);
            value.ifPresent(node -> with.set(given.getKey(), node));
            isKnown &= value.isPresent();
        }
        return isKnown ? Optional.of(JSON.createObjectNode().put(NAME, name).set(WITH, with)) : Optional.empty();
    }

    /**
     * Calls the named declaration with the recipe's parameters, checked like a call in a script; for an sde, the
     * result is the process.
     *
     * @return empty if the standard library does not have the name
     */
    static Optional<Value> read(String recipe, Part part, Interpreter interpreter, Span span) throws Refused {
        try {
            return new Reading(interpreter, span).declared(FileJson.read(recipe), part);
        } catch (JsonProcessingException damaged) {
            throw new Refused("its " + part.word + " is not written in JSON");
        } catch (SdeError mistaken) {
            throw new Refused("its " + part.word + " cannot be made: " + mistaken.getMessage());
        }
    }

    /** A reader of one recipe. */
    private record Reading(Interpreter interpreter, Span span) {

        Optional<Value> declared(JsonNode node, Part part) throws Refused {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!FIELDS.contains(field.getKey())) {
                    throw new Refused("its " + part.word + " has a field `" + FileText.shown(field.getKey()) + "`");
                }
            }
            if (!node.path(NAME).isTextual()
                    || !(node.path(WITH).isMissingNode() || node.path(WITH).isObject())) {
                throw new Refused("its " + part.word + " is no name with parameters");
            }
            String name = node.path(NAME).asText();
            Value found = interpreter.root().find(name);
            if (found == null) {
                return Optional.empty();
            }
            if (!(found instanceof Callable declared) || !part.takes(declared)) {
                throw new Refused(
                        "its " + part.word + " names `" + FileText.shown(name) + "`, which is not " + part.kind);
            }
            Map<String, Value> with = arguments(declared, node.path(WITH));
            return Optional.of(interpreter.call(declared, new Arguments(List.of(), with, span)));
        }

        private Map<String, Value> arguments(Callable declared, JsonNode with) throws Refused {
            Map<String, Value> arguments = new LinkedHashMap<>();
            List<String> parameters = declared.signature().parameters().stream()
                    .map(SlotTable.Slot::name)
                    .toList();
            for (Map.Entry<String, JsonNode> given : with.properties()) {
                if (!parameters.contains(given.getKey())) {
                    throw new Refused("`" + declared.signature().name() + "` has no parameter `"
                            + FileText.shown(given.getKey()) + "`");
                }
                arguments.put(given.getKey(), value(given.getValue()));
            }
            return arguments;
        }

        /** Reads a tensor, in the precision of the run. */
        private Value tensor(JsonNode node) throws Refused {
            List<Long> sizes = new ArrayList<>();
            node.path(SHAPE).forEach(size -> sizes.add(size.asLong(-1)));
            double[] numbers = StreamSupport.stream(node.path(NUMBERS).spliterator(), false)
                    .mapToDouble(number -> number.asDouble(Double.NaN))
                    .toArray();
            long elements = 1;
            for (long size : sizes) {
                elements = size < 0 || size > MOST_ELEMENTS ? -1 : elements * size;
                if (elements < 0 || elements > MOST_ELEMENTS) {
                    throw new Refused("a tensor among its parameters has no shape");
                }
            }
            if (elements != numbers.length || node.size() != 2) {
                throw new Refused(
                        "a tensor among its parameters has " + numbers.length + " numbers, which is not its shape");
            }
            return interpreter.tensors().literal(new Shape(sizes), numbers, span);
        }

        private Value value(JsonNode node) throws Refused {
            if (node.isObject() && node.has(SHAPE)) {
                return tensor(node);
            }
            if (node.isObject()) {
                return declared(node, Part.SCHEDULE)
                        .orElseThrow(() -> new Refused("it names a schedule that the standard library does not have"));
            }
            if (node.isArray()) {
                List<Value> elements = new ArrayList<>();
                for (JsonNode element : node) {
                    elements.add(value(element));
                }
                return Value.list(elements);
            }
            return switch (node.getNodeType()) {
                case NUMBER -> Value.number(node.asDouble());
                case BOOLEAN -> node.asBoolean() ? Value.Bool.TRUE : Value.Bool.FALSE;
                case STRING -> Value.text(node.asText());
                default -> Value.None.NONE;
            };
        }
    }
}
