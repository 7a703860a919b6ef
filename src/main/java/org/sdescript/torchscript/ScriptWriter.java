package org.sdescript.torchscript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.interrupt.StopRequest;

/**
 * Writes a graph as the one method of a module: {@code run}, from the lists of parameters p, other tensors x, numbers c
 * and sizes n to the results, or {@code step}, a training step. Empty lists are omitted. A step in parts has two methods.
 */
public final class ScriptWriter {
    public static final String RUN = "run";
    public static final String STEP = "step";
    public static final String GRADIENT = "gradient";
    public static final String UPDATE = "update";

    private static final String SELF = "self: __torch__." + Archive.MODULE;
    private static final String STATE =
            ", p: List[Tensor], m: List[Tensor], v: List[Tensor], w: List[Tensor], e: List[Tensor]";

    private final Graph graph;
    private final ScriptTarget target;
    private final List<Integer> given = new ArrayList<>();
    private final List<Operation.Literal> literals = new ArrayList<>();
    private final List<Node> draws = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final MethodBody body;
    private final int passed;
    private final List<String> text = new ArrayList<>();
    private final List<Node> lines = new ArrayList<>(Arrays.asList(new Node[Archive.headerLines()]));

    /**
     * Assigns names to the graph's inputs.
     *
     * @param parameters the position among the parameters, by index of the graph's input
     */
    private ScriptWriter(Graph graph, Map<Integer, Integer> parameters, ScriptTarget target, Overwriting overwriting) {
        this.graph = graph;
        this.target = target;
        List<Node> givenNodes = new ArrayList<>();
        List<Node> literalNodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            StopRequest.poll();
            if (node.operation() instanceof Operation.Input(int index, var type)
                    && !node.isNumber()
                    && !parameters.containsKey(index)) {
                given.add(index);
                givenNodes.add(node);
            } else if (node.operation() instanceof Operation.Literal literal) {
                literals.add(literal);
                literalNodes.add(node);
            } else if (!node.operation().isPure()) {
                draws.add(node);
            }
        }
        this.body = new MethodBody(target, AxisSizeText.passed(batches(givenNodes, draws), sizes), overwriting);
        List<Node> all = new ArrayList<>(givenNodes);
        all.addAll(literalNodes);
        all.addAll(draws);
        this.passed = all.size();
        for (int i = 0; i < all.size(); i++) {
            body.bind(all.get(i), "x" + i);
        }
        for (Node node : graph.nodes()) {
            StopRequest.poll();
            if (node.operation() instanceof Operation.Input(int index, var type) && parameters.containsKey(index)) {
                body.bind(node, "p" + parameters.get(index));
            }
        }
    }

    /**
     * Writes {@code run}, which returns the results as a list.
     *
     * @param parameters the position among all parameters, by index of the graph's input
     * @param count the number of all parameters
     */
    public static ScriptMethod run(Graph graph, Map<Integer, Integer> parameters, int count, ScriptTarget target) {
        return new ScriptWriter(graph, parameters, target, Overwriting.of(graph)).run(count);
    }

    /**
     * Writes a training step by Adam (Kingma and Ba 2015) or, with weight decay, AdamW (Loshchilov and Hutter 2019), on a
     * graph whose first output is the loss. The lists p, m and v hold each parameter and its moments, w one tensor, all
     * parameters concatenated, and e their averages. The list s: learning rate, number of the step, largest norm of the
     * gradient, β₁, β₂, weight decay, ε, the decay of each average. Returns the loss and the norm of its gradient; if
     * one is not finite, nothing is changed.
     *
     * @param count the number of all parameters
     * @param clip true if the norm of the gradient is clipped
     * @param averages the number of averages of the parameters
     */
    public static ScriptMethod step(
            Graph graph, Map<Integer, Integer> parameters, int count, boolean clip, int averages, ScriptTarget target) {
        return new ScriptWriter(graph, parameters, target, Overwriting.nothing()).step(count, clip, averages);
    }

    /**
     * Writes the same step as two methods, between which the gradient is summed with those of other machines:
     * {@code gradient} computes the loss, which it returns, and writes the gradients of all parameters end to end to the
     * first vector of the list o, which lies in the host's memory; {@code update} copies the first vector of o to the
     * second, of which the list g has a view for each parameter, and lowers the loss, which is the last number of s. It
     * returns the norm of the gradient.
     */
    public static ScriptMethod stepInParts(
            Graph graph, Map<Integer, Integer> parameters, int count, boolean clip, int averages, ScriptTarget target) {
        return new ScriptWriter(graph, parameters, target, Overwriting.nothing()).parts(count, clip, averages);
    }

    /** Returns the batch sizes: the first axes of tensors that are passed in at each call. */
    private static Set<Long> batches(List<Node> given, List<Node> draws) {
        return Stream.concat(given.stream(), draws.stream())
                .filter(node -> node.shape().rank() > 0)
                .map(node -> node.shape().size(0))
                .collect(Collectors.toSet());
    }

    private ScriptMethod run(int count) {
        writeBody();
        line("  def " + RUN + "(" + SELF + (count == 0 ? "" : ", p: List[Tensor]") + arguments()
                + ") -> List[Tensor]:");
        unpack("p", count, "p");
        bodyLines();
        line("    return " + results());
        return script();
    }

    private ScriptMethod step(int count, boolean clip, int averages) {
        writeBody();
        line("  def " + STEP + "(" + SELF + STATE + arguments() + ", s: List[float]) -> List[float]:");
        settings(averages, "");
        loss(count);
        descend(count, clip, averages);
        line("    return [float(loss), float(norm)]");
        return script();
    }

    private ScriptMethod parts(int count, boolean clip, int averages) {
        writeBody();
        line("  def " + GRADIENT + "(" + SELF + ", p: List[Tensor], o: List[Tensor]" + arguments()
                + ") -> List[float]:");
        loss(count);
        line("    flat = annotate(List[Tensor], [])");
        line("    for i in range(torch.len(g)):");
        line("      _ = torch.append(flat, torch.reshape(g[i], [-1]))");
        line("    _0 = torch.copy_(o[0], torch.cat(flat))");
        line("    return [float(loss)]");
        line("  def " + UPDATE + "(" + SELF + STATE + ", g: List[Tensor], o: List[Tensor], s: List[float])"
                + " -> List[float]:");
        settings(averages, "loss, ");
        line("    torch.set_grad_enabled(False)");
        line("    _0 = torch.copy_(o[1], o[0])");
        descend(count, clip, averages);
        line("    return [float(norm)]");
        return script();
    }

    private void settings(int averages, String more) {
        line("    rate, number, bound, beta1, beta2, weight_decay, epsilon, "
                + IntStream.range(0, averages).mapToObj(i -> "decay" + i + ", ").collect(Collectors.joining())
                + more + "= s");
    }

    /** Writes the loss and the list g of its gradients. */
    private void loss(int count) {
        line("    torch.set_grad_enabled(True)");
        unpack("p", count, "p");
        bodyLines();
        line("    loss = torch.reshape(" + body.name(graph.outputs().getFirst()) + ", [])");
        gradient();
    }

    /** Writes the update by the gradients g of the number {@code loss}. */
    private void descend(int count, boolean clip, int averages) {
        line("    norm = torch.norm(torch.stack(torch._foreach_norm(g)))");
        line("    total = torch.add(norm, loss)");
        line("    wrong = torch.to(torch.ne(torch.sub(total, total), 0), 6)");
        if (clip) {
            line("    torch._foreach_mul_(g, torch.clamp_max(torch.mul(torch.reciprocal(norm), bound), 1.))");
        }
        line("    k = torch.full([], number, dtype=6, layout=None, device=ops.prim.device(norm), pin_memory=False)");
        line("    torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), ["
                + String.join(", ", Collections.nCopies(count, "k"))
                + "], lr=rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False,"
                + " grad_scale=None, found_inf=wrong)");
        for (int i = 0; i < averages; i++) {
            line("    follow" + i + " = torch.to(torch.mul(torch.rsub(wrong, 1), 1. - decay" + i
                    + "), ops.prim.dtype(norm))");
            line("    torch.lerp_(e[" + i + "], w[0], follow" + i + ")");
        }
    }

    /** Returns the parameters of the method that are passed in at each call. */
    private String arguments() {
        return (passed == 0 ? "" : ", x: List[Tensor]")
                + (body.numbers().isEmpty() ? "" : ", c: List[float]")
                + (sizes.isEmpty() ? "" : ", n: List[int]");
    }

    /** Writes the list g: a gradient for each parameter, 0 if the loss does not depend on it. */
    private void gradient() {
        line("    q = torch.autograd.grad([loss], p, None, None, False, True)");
        line("    torch.set_grad_enabled(False)");
        line("    g = annotate(List[Tensor], [])");
        line("    for i in range(torch.len(q)):");
        line("      slope = q[i]");
        line("      if torch.__is__(slope, None):");
        line("        found = torch.zeros_like(p[i])");
        line("      else:");
        line("        found = unchecked_cast(Tensor, slope)");
        line("      _ = torch.append(g, found)");
    }

    private void writeBody() {
        graph.nodes().forEach(body::write);
    }

    private void bodyLines() {
        unpack("x", passed, "x");
        fetchDraws();
        unpack("c", body.numbers().size(), "c");
        unpack("n", sizes.size(), "n");
        for (int i = 0; i < body.statements().size(); i++) {
            StopRequest.poll();
            text.add("    " + body.statements().get(i));
            lines.add(body.origins().get(i));
        }
    }

    /** Moves random numbers to the device, since they are drawn in the CPU's memory. */
    private void fetchDraws() {
        if (!target.isCpu()) {
            for (Node draw : draws) {
                String name = body.name(draw);
                line("    " + name + " = torch.to(" + name + ", torch.device(\"" + target.device()
                        + "\"), ops.prim.dtype(" + name + "))");
            }
        }
    }

    private void line(String line) {
        text.add(line);
        lines.add(null);
    }

    private void unpack(String letter, int count, String list) {
        if (count > 0) {
            String names = IntStream.range(0, count).mapToObj(i -> letter + i).collect(Collectors.joining(", "));
            line("    " + names + ", = " + list);
        }
    }

    private ScriptMethod script() {
        return new ScriptMethod(
                String.join("\n", text) + "\n",
                given,
                literals,
                draws,
                List.copyOf(body.numbers()),
                List.copyOf(sizes),
                lines);
    }

    /**
     * Returns the results. A view of an argument and a repeated result are cloned, so that each result owns its memory.
     */
    private String results() {
        List<Node> tensors =
                graph.outputs().stream().filter(node -> !node.isNumber()).toList();
        return IntStream.range(0, tensors.size())
                .mapToObj(i -> {
                    String name = body.name(tensors.get(i));
                    boolean own =
                            !body.isBound(Footprint.holder(tensors.get(i))) && tensors.indexOf(tensors.get(i)) == i;
                    return own ? name : ElementwiseText.call("clone", name);
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
