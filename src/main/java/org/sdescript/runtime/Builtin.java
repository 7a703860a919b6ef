package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.check.Kind;
import org.sdescript.check.ParameterType;

/**
 * A function implemented in Java, with the text that {@code help} prints.
 *
 * @param doc one or two sentences
 * @param example a line of script that runs
 * @param gives the kind of every result, if all results have the same kind
 * @param owner the value whose field this function is, kept alive by this function: {@code score.network}
 * @param body the implementation
 */
public record Builtin(
        SlotTable signature,
        String doc,
        String example,
        Optional<Kind> gives,
        Map<String, Value> configuration,
        Optional<Value> owner,
        Body body)
        implements Callable {

    /** The implementation of a built-in. */
    @FunctionalInterface
    public interface Body {
        Value apply(Call call);
    }

    @Override
    public Builtin configured(Map<String, Value> given) {
        return new Builtin(signature, doc, example, gives, given, owner, body);
    }

    /** Returns this function as a field of a value. */
    public Builtin of(Value receiver) {
        return new Builtin(signature, doc, example, gives, configuration, Optional.of(receiver), body);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        try {
            return body.apply(new Call(interpreter, signature, binding, arguments));
        } catch (Tensors.NoPlaceForFormula formula) {
            throw Tensors.inFormula("an argument of " + signature.name(), arguments.span());
        }
    }

    @Override
    public List<Value> children() {
        return owner.isEmpty()
                ? List.copyOf(configuration.values())
                : Stream.concat(configuration.values().stream(), owner.stream()).toList();
    }

    @Override
    public String toString() {
        return show();
    }

    /** Starts the declaration of a built-in. */
    public static Declared named(String name, String... variables) {
        Declared declared = new Declared(name);
        for (String variable : variables) {
            declared.variables.add(new SlotTable.Slot(variable, SlotTable.Fallback.REQUIRED));
        }
        return declared;
    }

    /** Starts the declaration of a built-in with the slots of a signature. */
    public static Declared taking(SlotTable signature) {
        Declared declared = new Declared(signature.name());
        declared.variables.addAll(signature.variables());
        declared.parameters.addAll(signature.parameters());
        return declared;
    }

    /** A builder of built-ins. */
    public static final class Declared {
        private final String name;
        private final List<SlotTable.Slot> variables = new ArrayList<>();
        private final List<SlotTable.Slot> parameters = new ArrayList<>();
        private final Map<String, ParameterType> wanted = new HashMap<>();
        private Optional<Kind> gives = Optional.empty();
        private boolean rest;
        private boolean onHost;
        private String doc = "";
        private String example = "";

        private Declared(String name) {
            this.name = name;
        }

        /** Adds an optional variable. */
        public Declared optional(String variable, Value fallback) {
            variables.add(new SlotTable.Slot(variable, new SlotTable.Fallback.Constant(fallback)));
            return this;
        }

        /**
         * Adds an optional variable that also takes an unbound name: the name is passed as a text and spells a
         * variable.
         */
        public Declared optionalName(String variable) {
            return optional(variable, Value.None.NONE).wants(variable, ParameterType.VARIABLE);
        }

        /** Adds an optional parameter that also takes an unbound name. */
        public Declared nameOption(String parameter) {
            return option(parameter, Value.None.NONE).wants(parameter, ParameterType.VARIABLE);
        }

        public Declared option(String parameter, Value fallback) {
            parameters.add(new SlotTable.Slot(parameter, new SlotTable.Fallback.Constant(fallback)));
            return this;
        }

        public Declared option(String parameter, double fallback) {
            return option(parameter, Value.number(fallback));
        }

        /** Restricts the values that a variable or parameter takes. */
        public Declared wants(String slot, ParameterType what) {
            wanted.put(slot, what);
            return this;
        }

        /** Declares the kind of every result. */
        public Declared gives(Kind kind) {
            gives = Optional.of(kind);
            return this;
        }

        /** Accepts further positional arguments. */
        public Declared rest() {
            rest = true;
            return this;
        }

        public Declared doc(String text) {
            doc = text;
            return this;
        }

        public Declared example(String line) {
            example = line;
            return this;
        }

        /** Refuses calls inside kernels: the function would run once, while the kernel is traced. */
        public Declared onHost() {
            onHost = true;
            return this;
        }

        private static Value refusedInKernels(Call call, Body body) {
            if (call.interpreter().tracer() != null) {
                throw call.diagnostic("E0453", "a kernel cannot call " + call.name())
                        .note("the bodies of losses, predictors, correctors and networks run once, to be traced")
                        .help("call it outside of the step and pass its result to the step")
                        .raise();
            }
            return body.apply(call);
        }

        public Builtin is(Body body) {
            Body placed = onHost ? call -> refusedInKernels(call, body) : body;
            SlotTable signature = new SlotTable(name, wanting(variables), wanting(parameters), rest);
            return new Builtin(signature, doc, example, gives, Map.of(), Optional.empty(), placed);
        }

        /** Adds the wanted types to the slots; a slot whose default is {@code none} also accepts {@code none}. */
        private List<SlotTable.Slot> wanting(List<SlotTable.Slot> slots) {
            return slots.stream()
                    .map(slot -> {
                        ParameterType what = wanted.getOrDefault(slot.name(), ParameterType.ANY);
                        boolean absent = slot.fallback() instanceof SlotTable.Fallback.Constant(Value value)
                                && value == Value.None.NONE;
                        return slot.wanting(absent && !what.isAnything() ? what.orNone() : what);
                    })
                    .toList();
        }
    }
}
