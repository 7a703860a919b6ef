package org.sdescript.torchscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;

/**
 * A graph as a module that Python runs: {@code forward} takes the graph's arguments; all other inputs are tensors of
 * the module. The batch may have any size.
 *
 * @param text the class
 * @param attributes the tensors of the module
 */
public record ModuleSource(String text, List<Attribute> attributes) {
    /** What Python may pass for t and labels. */
    private static final String NUMBERS = "Union[Tensor, float, int]";

    private static final int DOUBLE = TypeText.code(DType.FLOAT64);

    public ModuleSource {
        attributes = List.copyOf(attributes);
    }

    /** Returns the reason in words why an operation cannot be exported, or empty. */
    public static Optional<String> obstacle(Operation operation) {
        if (!operation.isPure()) {
            return Optional.of("it draws random numbers");
        }
        return operation instanceof Operation.Foreign(var function)
                ? Optional.of("it has a part that was imported from " + function.origin())
                : Optional.empty();
    }

    /**
     * Writes a graph as a module.
     *
     * @param arguments names of the inputs that a caller passes, by index; the first is x; a vector, such as t, may also
     *      be one number for all samples
     * @param tensors the other inputs by index
     * @param batch the batch size of the trace; it must divide no size in the network
     */
    public static ModuleSource of(
            Graph graph, Map<Integer, String> arguments, Map<Integer, Attribute> tensors, long batch) {
        MethodBody body = new MethodBody(ScriptTarget.ANYWHERE, AxisSizeText.multiplesOf(batch), Overwriting.nothing());
        List<Attribute> attributes = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("n0 = torch.size(x, 0)"));
        for (Node node : graph.nodes()) {
            if (node.operation() instanceof Operation.Input(int index, var type) && arguments.containsKey(index)) {
                String name = arguments.get(index);
                head.addAll(
                        isPerSample(index, graph)
                                ? spread(name, node)
                                : List.of("given_" + name + " = " + converted(name, node)));
                body.bind(node, "given_" + name);
            } else if (node.operation() instanceof Operation.Input(int index, var type)) {
                bind(node, Objects.requireNonNull(tensors.get(index)), attributes, head, body);
            } else if (node.operation() instanceof Operation.Literal literal) {
                bind(node, constant(literal, attributes.size()), attributes, head, body);
            } else {
                body.write(node);
            }
        }
        if (!body.numbers().isEmpty()) {
            throw new IllegalStateException("numbers that are not known while writing: " + body.numbers());
        }
        return new ModuleSource(text(body, graph, arguments, attributes, head), attributes);
    }

    /** True for a vector other than x, the first argument. */
    private static boolean isPerSample(int index, Graph graph) {
        return index > 0
                && graph.inputs().get(index) instanceof Type.TensorType(var dtype, var shape)
                && shape.rank() == 1;
    }

    private static String converted(String name, Node argument) {
        return "torch.to(" + name + ", " + TypeText.code(argument.dtype()) + ")";
    }

    /** Returns the lines that make a number, or one element, or one element per sample, a vector of the batch. */
    private static List<String> spread(String name, Node argument) {
        String tensor = "tensor_" + name;
        String number = "torch.scalar_tensor(%s, dtype=%s, layout=None, device=ops.prim.device(x), pin_memory=False)";
        return List.of(
                "if isinstance(" + name + ", Tensor):",
                "  " + tensor + " = unchecked_cast(Tensor, " + name + ")",
                "else:",
                "  if isinstance(" + name + ", float):",
                "    " + tensor + " = "
                        + String.format(Locale.ROOT, number, "unchecked_cast(float, " + name + ")", DOUBLE),
                "  else:",
                "    " + tensor + " = "
                        + String.format(Locale.ROOT, number, "unchecked_cast(int, " + name + ")", DOUBLE),
                "given_" + name + " = torch.expand(torch.reshape(" + converted(tensor, argument) + ", [-1]), [n0])");
    }

    private static void bind(
            Node node, Attribute tensor, List<Attribute> attributes, List<String> head, MethodBody body) {
        String name = "p" + attributes.size();
        attributes.add(tensor);
        head.add(name + " = self." + tensor.name());
        body.bind(node, name);
    }

    private static Attribute constant(Operation.Literal literal, int number) {
        return new Attribute(
                "constant_" + number,
                false,
                literal.dtype(),
                literal.shape().sizes(),
                TypeText.bytes(literal.dtype(), literal.values()));
    }

    private static String text(
            MethodBody body,
            Graph graph,
            Map<Integer, String> arguments,
            List<Attribute> attributes,
            List<String> head) {
        StringBuilder text = new StringBuilder("class " + Archive.MODULE + "(Module):\n");
        text.append("  __parameters__ = ").append(names(attributes, true)).append('\n');
        text.append("  __buffers__ = ").append(names(attributes, false)).append('\n');
        text.append("  training : bool\n");
        attributes.forEach(
                attribute -> text.append("  ").append(attribute.name()).append(" : Tensor\n"));
        String taken = arguments.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + (isPerSample(entry.getKey(), graph) ? ": " + NUMBERS : ": Tensor"))
                .collect(Collectors.joining(", "));
        text.append("  def forward(self: __torch__.")
                .append(Archive.MODULE)
                .append(", ")
                .append(taken)
                .append(") -> Tensor:\n");
        head.forEach(line -> text.append("    ").append(line).append('\n'));
        body.statements().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.append("    return ")
                .append(body.name(graph.outputs().getFirst()))
                .append('\n')
                .toString();
    }

    private static String names(List<Attribute> attributes, boolean parameters) {
        return attributes.stream()
                .filter(attribute -> attribute.isParameter() == parameters)
                .map(attribute -> '"' + attribute.name() + "\", ")
                .collect(Collectors.joining("", "[", "]"));
    }
}
