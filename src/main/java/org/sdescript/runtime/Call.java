package org.sdescript.runtime;

import java.util.List;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** One call of a built-in: its arguments by name, read as what they should be or refused with what they are. */
public final class Call {
    private final Interpreter interpreter;
    private final Signature signature;
    private final Binding binding;
    private final Arguments arguments;

    Call(Interpreter interpreter, Signature signature, Binding binding, Arguments arguments) {
        this.interpreter = interpreter;
        this.signature = signature;
        this.binding = binding;
        this.arguments = arguments;
    }

    public Interpreter interpreter() {
        return interpreter;
    }

    public Session session() {
        return interpreter.session();
    }

    public Tensors tensors() {
        return interpreter.tensors();
    }

    public Span span() {
        return arguments.span();
    }

    /** Where the script says what a slot gets; the whole call where it does not. */
    public Span place(String slot) {
        List<Signature.Slot> byPosition = signature.rest() ? signature.variables() : signature.slots();
        return arguments.place(
                slot, byPosition.stream().map(Signature.Slot::name).toList().indexOf(slot));
    }

    public String name() {
        return signature.name();
    }

    /** Positional arguments beyond the named slots. */
    public List<Value> rest() {
        return binding.rest();
    }

    public Value value(String slot) {
        Value given = binding.given().get(slot);
        if (given != null) {
            return given;
        }
        return switch (signature.slot(slot).orElseThrow().fallback()) {
            case Signature.Fallback.Constant(Value value) -> value;
            case Signature.Fallback.Required required -> throw new IllegalStateException(slot + " of " + signature);
            case Signature.Fallback.Computed computed -> throw new IllegalStateException(slot + " of " + signature);
        };
    }

    /** The value of a slot if the script gives one. */
    public Optional<Value> argument(String slot) {
        return Optional.ofNullable(binding.given().get(slot));
    }

    /** The value of a slot unless it is {@code none}. */
    public Optional<Value> given(String slot) {
        Value value = value(slot);
        return value == Value.None.NONE ? Optional.empty() : Optional.of(value);
    }

    /** A number of those that the slot takes. */
    public double number(String slot) {
        return inRange(slot, Convert.number(value(slot), describe(slot), place(slot)));
    }

    /** A whole number of those that the slot takes. */
    public int integer(String slot) {
        return (int) inRange(slot, Convert.integer(value(slot), describe(slot), place(slot)));
    }

    /** A number in a tensor or a formula has not been asked yet whether it is in the slot's range. */
    private double inRange(String slot, double number) {
        signature
                .slot(slot)
                .flatMap(known -> known.wanted().range())
                .flatMap(range -> range.refusal(describe(slot), number, place(slot)))
                .ifPresent(refusal -> {
                    throw refusal.raise();
                });
        return number;
    }

    public long seed(String slot) {
        return given(slot)
                .map(seed -> Convert.seed(seed, describe(slot), place(slot)))
                .orElseGet(() -> session().settings().seed());
    }

    /** A process; a declared {@code sde} stands for its default configuration. */
    public ProcessValue process(String slot) {
        return switch (value(slot)) {
            case ProcessValue process -> process;
            case ProcessDeclaration declared -> (ProcessValue) interpreter.call(declared, span());
            case Value other -> throw Convert.mismatch(other, describe(slot), "a process", place(slot));
        };
    }

    public String text(String slot) {
        return Convert.text(value(slot), describe(slot), place(slot));
    }

    public boolean flag(String slot) {
        return Convert.truth(value(slot), describe(slot), place(slot));
    }

    public Callable callable(String slot) {
        return Convert.callable(value(slot), describe(slot), place(slot));
    }

    public List<Value> list(String slot) {
        return Convert.list(value(slot), describe(slot), place(slot));
    }

    public Shape shape(String slot) {
        return Convert.shape(value(slot), describe(slot), place(slot));
    }

    public Value tensor(String slot) {
        return tensors().require(value(slot), describe(slot), place(slot));
    }

    public SdeError error(String code, String message) {
        return Diagnostic.error(code, span(), message).raise();
    }

    public Diagnostic diagnostic(String code, String message) {
        return Diagnostic.error(code, span(), message);
    }

    private String describe(String slot) {
        return signature.of(slot);
    }
}
