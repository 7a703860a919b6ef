package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.sdescript.ast.Expression;
import org.sdescript.check.ArgumentFacts;
import org.sdescript.check.Constant;
import org.sdescript.check.ForeignCalls;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/**
 * Binds arguments to variables and parameters, by one rule for all callables: positional arguments fill the
 * variables, then the parameters in order; named arguments fill the slot of their name. Slots that an earlier
 * configuration filled are already bound.
 *
 * @param given the value of each bound slot, by name
 * @param rest positional arguments beyond the slots
 * @param complete true if the callable is called; false if it is only configured
 */
public record ArgumentBinding(Map<String, Value> given, List<Value> rest, boolean complete) {

    static ArgumentBinding bind(SlotTable signature, Map<String, Value> configured, Arguments arguments) {
        Map<String, Value> given = new LinkedHashMap<>(configured);
        List<Value> rest = new ArrayList<>(0);
        byPosition(signature, arguments, given, rest);
        byName(signature, arguments, given);
        boolean complete = isCall(signature, given);
        if (complete) {
            refuseMissing(signature, given, arguments);
        }
        return new ArgumentBinding(given, rest, complete);
    }

    private static void byPosition(
            SlotTable signature, Arguments arguments, Map<String, Value> given, List<Value> rest) {
        List<SlotTable.Slot> open = signature.rest() ? signature.variables() : signature.slots();
        for (int i = 0; i < arguments.positional().size(); i++) {
            if (i < open.size()) {
                Value value = arguments.positional().get(i);
                refuseUnwanted(signature, open.get(i), value, arguments);
                given.put(open.get(i).name(), value);
            } else if (signature.rest()) {
                rest.add(arguments.positional().get(i));
            } else {
                throw tooMany(signature, arguments, open.size());
            }
        }
    }

    private static void byName(SlotTable signature, Arguments arguments, Map<String, Value> given) {
        for (Map.Entry<String, Value> named : arguments.named().entrySet()) {
            String name = named.getKey();
            SlotTable.Slot slot = signature.slot(name).orElseThrow(() -> unknown(signature, arguments, name));
            if (!signature.rest()
                    && signature.slots().indexOf(slot) < arguments.positional().size()) {
                throw Diagnostic.error(
                                "E0305",
                                arguments.span(),
                                "`" + name + "` is given twice in this call of " + signature.name())
                        .note(signature.takes())
                        .raise();
            }
            refuseUnwanted(signature, signature.slot(name).get(), named.getValue(), arguments);
            given.put(name, named.getValue());
        }
    }

    private static void refuseUnwanted(SlotTable signature, SlotTable.Slot slot, Value value, Arguments arguments) {
        Optional<ArgumentFacts> offer = unwanted(slot, value);
        if (offer.isPresent()) {
            refuse(
                    slot,
                    signature.of(slot.name()),
                    offer.get(),
                    arguments.place(slot.name(), signature.slots().indexOf(slot)));
        }
    }

    /** Refuses the value of a default that reads other names, such as {@code b = 2*a in 1..10}. */
    static void refuseUnwantedDefault(SlotTable.Slot slot, Value value, Expression written) {
        unwanted(slot, value)
                .ifPresent(offer -> refuse(slot, "the default of `" + slot.name() + "`", offer, written.span()));
    }

    /** Returns what is known of a value that the slot does not allow; empty for any other value. */
    private static Optional<ArgumentFacts> unwanted(SlotTable.Slot slot, Value value) {
        return slot.wanted().isAnything() || !value.kind().isOfSignatures()
                ? Optional.empty()
                : Optional.of(offer(value)).filter(offer -> !slot.wanted().takes(offer));
    }

    private static void refuse(SlotTable.Slot slot, String what, ArgumentFacts offer, Span place) {
        slot.wanted().refusal(what, offer, place).ifPresent(refusal -> {
            throw refusal.raise();
        });
    }

    private static ArgumentFacts offer(Value value) {
        return switch (value) {
            case Value.Num(double number) -> ArgumentFacts.of(new Constant.Number(number));
            case Value.Text(String text) -> ArgumentFacts.of(new Constant.Text(text));
            case Value.Bool(boolean truth) -> ArgumentFacts.of(new Constant.Bool(truth));
            case Callable callable
            when !callable.signature().rest() ->
                new ArgumentFacts(
                        value.kind(),
                        Optional.empty(),
                        OptionalInt.of(callable.signature().slots().size()),
                        callable::show);
            default -> new ArgumentFacts(value.kind(), Optional.empty(), OptionalInt.empty(), value::words);
        };
    }

    /** True if a variable is given or no variable is required; otherwise the arguments only configure the callable. */
    private static boolean isCall(SlotTable signature, Map<String, Value> given) {
        if (!signature.needsVariable()) {
            return true;
        }
        for (SlotTable.Slot slot : signature.variables()) {
            if (given.containsKey(slot.name())) {
                return true;
            }
        }
        return false;
    }

    private static void refuseMissing(SlotTable signature, Map<String, Value> given, Arguments arguments) {
        List<String> missing = new ArrayList<>(0);
        for (SlotTable.Slot slot : signature.slots()) {
            if (slot.isRequired() && !given.containsKey(slot.name())) {
                missing.add(slot.name());
            }
        }
        if (!missing.isEmpty()) {
            String names = missing.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            Diagnostic error = Diagnostic.error(
                            "E0306", arguments.span(), "this call of " + signature.name() + " lacks " + names)
                    .note(signature.takes());
            throw (signature.isVariable(missing.getFirst())
                            ? error
                            : error.help("`" + signature.name() + "(" + missing.getFirst()
                                    + " = …)` gives it once for all calls"))
                    .raise();
        }
    }

    private static RuntimeException tooMany(SlotTable signature, Arguments arguments, int taken) {
        Diagnostic error = Diagnostic.error(
                        "E0304",
                        arguments.span(),
                        signature.name() + " takes " + taken + (taken == 1 ? " value" : " values") + ", here are "
                                + arguments.positional().size())
                .note(signature.takes());
        return ForeignCalls.sizes(
                        signature.name(),
                        signature.slots().stream().map(SlotTable.Slot::name).toList(),
                        arguments.positional().stream().map(ValueText::show).toList())
                .or(() -> ForeignNames.parameter(signature.name(), "size", List.of(), "…"))
                .map(error::help)
                .orElse(error)
                .raise();
    }

    private static RuntimeException unknown(SlotTable signature, Arguments arguments, String name) {
        Diagnostic error = Diagnostic.error(
                        "E0303", arguments.span(), signature.name() + " has no parameter `" + name + "`")
                .note(signature.takes());
        List<String> names =
                signature.slots().stream().map(SlotTable.Slot::name).toList();
        return ForeignNames.parameter(signature.name(), name, names, "…")
                .or(() -> Spelling.nearestOfFew(name, names).map(close -> "did you mean `" + close + "`?"))
                .map(error::help)
                .orElse(error)
                .raise();
    }
}
