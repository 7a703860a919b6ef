package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Statement;
import org.sdescript.check.ParameterType;
import org.sdescript.check.Signature;

/**
 * A function with its body in Java: a built-in, which {@code stdlib/native} declares, or a field of a value.
 *
 * @param declaration the declaration of a built-in; empty for a field
 * @param owner the value whose field this function is, kept alive by this function: {@code score.network}
 * @param body the implementation
 */
public record Builtin(
        SlotTable signature,
        Optional<Statement.Declaration> declaration,
        Map<String, Value> configuration,
        Optional<Value> owner,
        Body body)
        implements Callable {

    /** Joins the declaration of a built-in with its body. */
    public Builtin(Statement.Declaration declaration, Body body) {
        this(SlotTable.of(Signature.of(declaration)), Optional.of(declaration), Map.of(), Optional.empty(), body);
    }

    /** The implementation of a built-in. */
    @FunctionalInterface
    public interface Body {
        Value apply(Call call);
    }

    /** Refuses calls inside kernels: the function would run once, while the kernel is traced. */
    public static Body onHost(Body body) {
        return call -> {
            if (call.interpreter().tracer() != null) {
                throw call.diagnostic("E0453", "a kernel cannot call " + call.name())
                        .note(
                                "the bodies of kernels, losses, methods, networks, predictors and correctors run once, to be traced")
                        .help("call it outside of the step and pass its result to the step")
                        .raise();
            }
            return body.apply(call);
        };
    }

    @Override
    public Builtin configured(Map<String, Value> given) {
        return new Builtin(signature, declaration, given, owner, body);
    }

    /** Returns this function as a field of a value. */
    public Builtin of(Value receiver) {
        return new Builtin(signature, declaration, configuration, Optional.of(receiver), body);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        try {
            Call call = new Call(interpreter, signature, binding, arguments);
            return interpreter.kernels().isRecording()
                    ? DerivativeCut.refused(call, () -> body.apply(call))
                    : body.apply(call);
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

    /** Starts a function that is a field of a value. */
    public static Field named(String name, String... variables) {
        Field field = new Field(name);
        for (String variable : variables) {
            field.variables.add(new SlotTable.Slot(variable, SlotTable.Fallback.REQUIRED));
        }
        return field;
    }

    /** Starts a function with the slots of a signature. */
    public static Field taking(SlotTable signature) {
        Field field = new Field(signature.name());
        field.variables.addAll(signature.variables());
        field.parameters.addAll(signature.parameters());
        return field;
    }

    /** A builder of the functions that are fields of values. */
    public static final class Field {
        private final String name;
        private final List<SlotTable.Slot> variables = new ArrayList<>();
        private final List<SlotTable.Slot> parameters = new ArrayList<>();
        private final Map<String, ParameterType> wanted = new HashMap<>();

        private Field(String name) {
            this.name = name;
        }

        public Field option(String parameter, double fallback) {
            parameters.add(new SlotTable.Slot(parameter, new SlotTable.Fallback.Constant(Value.number(fallback))));
            return this;
        }

        /** Restricts the values that a variable or parameter takes. */
        public Field wants(String slot, ParameterType what) {
            wanted.put(slot, what);
            return this;
        }

        public Builtin is(Body body) {
            SlotTable signature = new SlotTable(name, wanting(variables), wanting(parameters), false);
            return new Builtin(signature, Optional.empty(), Map.of(), Optional.empty(), body);
        }

        private List<SlotTable.Slot> wanting(List<SlotTable.Slot> slots) {
            return slots.stream()
                    .map(slot -> slot.wanting(wanted.getOrDefault(slot.name(), slot.wanted())))
                    .toList();
        }
    }
}
