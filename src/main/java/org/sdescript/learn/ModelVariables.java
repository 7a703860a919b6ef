package org.sdescript.learn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.backend.Parameters;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.source.Span;

/**
 * Refuses a value for a variable of a network, such as a label, that the network of a model does not use: the value
 * would have no effect. How a network uses a variable is found by a trace, once for each variable. Refuses conditions of
 * other shapes than those of the training, too.
 *
 * @param sample the shape of one sample of the network's x
 */
record ModelVariables(
        Callable network,
        Parameters parameters,
        Shape sample,
        TrainedConditions conditions,
        Map<String, Networks.VariableUse> known) {
    ModelVariables(Callable network, Parameters parameters, Shape sample, TrainedConditions conditions) {
        this(network, parameters, sample, conditions, new HashMap<>());
    }

    void require(Arguments arguments, Interpreter interpreter) {
        conditions.ofProcess().forEach(each -> {
            Value value = arguments.named().get(each.name());
            if (value != null && value != Value.None.NONE) {
                each.require(value, interpreter.tensors(), arguments.span());
            }
        });
        List<SlotTable.Slot> further = Networks.further(network);
        for (int i = 0; i < further.size(); i++) {
            String name = further.get(i).name();
            int position = i + 2;
            Optional<Value> given = Optional.ofNullable(arguments.named().get(name))
                    .or(() -> arguments.positional().stream().skip(position).findFirst());
            given.filter(value -> value != Value.None.NONE)
                    .ifPresent(value -> require(name, value, interpreter, arguments.span()));
        }
    }

    private void require(String name, Value value, Interpreter interpreter, Span span) {
        if (name.equals(TrainedConditions.TOLD) && conditions.mayLack(name)) {
            return;
        }
        conditions.find(name).ifPresent(its -> its.require(value, interpreter.tensors(), span));
        if (conditions.find(name).isEmpty() && isOfLibrary(name)) {
            throw Diagnostic.error("E0815", span, "the model was trained without `" + name + "`")
                    .help("train `" + network.signature().name() + "(conditions = 3)` on data with conditions of three"
                            + " numbers: `given(x, c)`")
                    .raise();
        }
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
                            name.equals(TrainedConditions.LABEL)
                                            && network.signature()
                                                    .slot("classes")
                                                    .isPresent()
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
                    .help(
                            name.equals(TrainedConditions.LABEL)
                                    ? "train on data with labels: `labelled(x, y)`"
                                    : "train on data with conditions: `given(x, c)`")
                    .raise();
        }
    }

    /** True for the condition of a network that has a parameter for its width, as those of the library. */
    private boolean isOfLibrary(String name) {
        return name.equals("c") && network.signature().slot("conditions").isPresent();
    }

    /** A network that cannot be traced so is left to its call, which tells why. */
    private Networks.VariableUse use(String name, Interpreter interpreter, Span span) {
        Tensors tensors = interpreter.tensors();
        Map<String, Type> types = new LinkedHashMap<>();
        conditions.all().forEach(each -> types.put(each.name(), each.type(1, tensors)));
        types.putIfAbsent(name, Type.tensor(tensors.precision(), Shape.of(1)));
        try {
            return Kernels.of(interpreter).networks().use(network, name, sample.prepended(1), types, span);
        } catch (SdeError untraceable) {
            return new Networks.VariableUse(true, Set.of());
        }
    }
}
