package org.sdescript.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sdescript.check.Constant;
import org.sdescript.check.Guard;
import org.sdescript.check.Signature;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Checks the guards of a declared callable as early as possible, also when the callable is only configured. */
final class GuardChecks {
    private GuardChecks() {}

    static void ask(Signature contract, Map<String, Value> given, Span span) {
        if (contract.guards().isEmpty()) {
            return;
        }
        Map<String, Constant> values = constants(contract, given);
        for (Guard guard : contract.guards()) {
            guard.refusal(values).ifPresent(refusal -> {
                throw Diagnostic.error("E0470", span, refusal).raise();
            });
        }
    }

    /** Returns the declared order of convergence of a callable with its configuration. */
    static Optional<Double> order(Closure closure) {
        Map<String, Constant> values = constants(closure.contract(), closure.configuration());
        return closure.declaration().order().flatMap(order -> Constant.number(order.value(), values));
    }

    private static Map<String, Constant> constants(Signature contract, Map<String, Value> given) {
        Map<String, Optional<Constant>> constants = new HashMap<>();
        given.forEach((name, value) -> constants.put(name, constant(value)));
        return contract.values(constants);
    }

    /** Returns a number, text, truth value or none as a constant; empty for any other value. */
    private static Optional<Constant> constant(Value value) {
        return switch (value) {
            case Value.Num(double number) -> Optional.of(new Constant.Number(number));
            case Value.Text(String text) -> Optional.of(new Constant.Text(text));
            case Value.Bool(boolean bool) -> Optional.of(new Constant.Bool(bool));
            case Value.None none -> Optional.of(new Constant.None());
            case Value.ListValue unknown -> Optional.empty();
            case Value.RecordValue unknown -> Optional.empty();
            case Value.TensorLike unknown -> Optional.empty();
            case Value.FormulaValue unknown -> Optional.empty();
            case Value.Extension unknown -> Optional.empty();
        };
    }
}
