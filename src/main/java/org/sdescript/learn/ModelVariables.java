package org.sdescript.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Parameters;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.source.Span;

/**
 * Refuses a value for a variable of a network, such as a label, that the network of a model does not use: the value
 * would have no effect. How a network uses a variable is found by a trace, once for each variable.
 *
 * @param sample the shape of one sample of the network's x
 */
record ModelVariables(Callable network, Parameters parameters, Shape sample, Map<String, Networks.VariableUse> known) {
    ModelVariables(Callable network, Parameters parameters, Shape sample) {
        this(network, parameters, sample, new HashMap<>());
    }

    void require(Arguments arguments, Interpreter interpreter) {
        List<SlotTable.Slot> further = Networks.further(network);
        for (int i = 0; i < further.size(); i++) {
            String name = further.get(i).name();
            int position = i + 2;
            Optional<Value> given = Optional.ofNullable(arguments.named().get(name))
                    .or(() -> arguments.positional().stream().skip(position).findFirst());
            if (given.filter(value -> value != Value.None.NONE).isPresent()) {
                require(name, interpreter, arguments.span());
            }
        }
    }

    private void require(String name, Interpreter interpreter, Span span) {
        Networks.VariableUse use = known.get(name);
        if (use == null) {
            use = use(name, interpreter, span);
            known.put(name, use);
        }
        if (!use.isRead()) {
            throw Diagnostic.error(
                            "E0815",
                            span,
                            "the network " + ValueText.show(network) + " does not use `" + name
                                    + "`, so a value has no effect")
                    .help(
                            network.signature().slot("classes").isPresent()
                                    ? "train a network that knows the classes: `"
                                            + network.signature().name() + "(classes = 10)` on `labelled(x, y)`"
                                    : "train a network that uses it")
                    .raise();
        }
        Optional<String> missing = use.parameters().stream()
                .filter(path -> !parameters.contains(path))
                .findFirst();
        if (missing.isPresent()) {
            throw Diagnostic.error("E0815", span, "the model was trained without `" + name + "`")
                    .note("its network has the parameter " + missing.get() + " only if `" + name + "` is given")
                    .help("train on data with labels: `labelled(x, y)`")
                    .raise();
        }
    }

    /** A network that cannot be traced so is left to its call, which tells why. */
    private Networks.VariableUse use(String name, Interpreter interpreter, Span span) {
        List<Long> sizes = new java.util.ArrayList<>(List.of(1L));
        sizes.addAll(sample.sizes());
        try {
            return Kernels.of(interpreter).networks().use(network, name, new Shape(sizes), span);
        } catch (SdeError untraceable) {
            return new Networks.VariableUse(true, java.util.Set.of());
        }
    }
}
