package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * One call of a built-in. Reads the arguments by slot name in the type that the built-in needs, and refuses values of
 * another type.
 */
public final class Call {
    private final Interpreter interpreter;
    private final SlotTable signature;
    private final ArgumentBinding binding;
    private final Arguments arguments;

    Call(Interpreter interpreter, SlotTable signature, ArgumentBinding binding, Arguments arguments) {
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

    /** Returns the span of the argument of a slot; the whole call if the slot is not written. */
    public Span place(String slot) {
        List<SlotTable.Slot> byPosition = signature.rest() ? signature.variables() : signature.slots();
        return arguments.place(
                slot, byPosition.stream().map(SlotTable.Slot::name).toList().indexOf(slot));
    }

    public String name() {
        return signature.name();
    }

    /** Returns the positional arguments beyond the named slots. */
    public List<Value> rest() {
        return binding.rest();
    }

    /** Returns the values of the slots that the call binds, by name. */
    public Map<String, Value> arguments() {
        return binding.given();
    }

    public Value value(String slot) {
        Value given = binding.given().get(slot);
        if (given != null) {
            return given;
        }
        return switch (signature.slot(slot).orElseThrow().fallback()) {
            case SlotTable.Fallback.Constant(Value value) -> value;
            case SlotTable.Fallback.Required required -> throw new IllegalStateException(slot + " of " + signature);
            case SlotTable.Fallback.Computed(var expression) -> interpreter.evaluate(expression, interpreter.root());
        };
    }

    /** Returns the value of a slot if the call binds the slot. */
    public Optional<Value> argument(String slot) {
        return Optional.ofNullable(binding.given().get(slot));
    }

    /** True if the built-in declares a slot of this name. */
    public boolean declares(String slot) {
        return signature.slot(slot).isPresent();
    }

    /** Returns the value of a slot unless the value is {@code none}. */
    public Optional<Value> given(String slot) {
        Value value = value(slot);
        return value == Value.None.NONE ? Optional.empty() : Optional.of(value);
    }

    /** Returns a number in the range of the slot. */
    public double number(String slot) {
        return inRange(slot, Coercion.number(value(slot), describe(slot), place(slot)));
    }

    /** Returns a whole number in the range of the slot. */
    public int integer(String slot) {
        return (int) inRange(slot, Coercion.integer(value(slot), describe(slot), place(slot)));
    }

    /**
     * Throws if the number is outside the range of the slot. The binding checks only plain numbers, not numbers in a
     * tensor or a formula.
     */
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
                .map(seed -> Coercion.seed(seed, describe(slot), place(slot)))
                .orElseGet(() -> session().settings().seed());
    }

    public String text(String slot) {
        return Coercion.text(value(slot), describe(slot), place(slot));
    }

    public boolean isTrue(String slot) {
        return Coercion.isTrue(value(slot), describe(slot), place(slot));
    }

    public Callable callable(String slot) {
        return Coercion.callable(value(slot), describe(slot), place(slot));
    }

    public List<Value> list(String slot) {
        return Coercion.list(value(slot), describe(slot), place(slot));
    }

    public Shape shape(String slot) {
        return Coercion.shape(value(slot), describe(slot), place(slot));
    }

    public Value tensor(String slot) {
        return tensors().require(value(slot), describe(slot), place(slot));
    }

    /** The tensor of a list, as {@code tensor(list)} makes it. */
    public Value tensorOf(Value.ListValue list) {
        return interpreter().call(interpreter().library("tensor"), span(), list);
    }

    /** The same where a formula gives a formula. */
    public Value operand(String slot) {
        return tensors().requireOperand(value(slot), describe(slot), place(slot));
    }

    /** Returns the error of a slot whose value is of another kind than wanted. */
    public SdeError mismatch(String slot, String wanted) {
        return Coercion.mismatch(value(slot), describe(slot), wanted, place(slot));
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
