package org.sdescript.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.check.Signature.Slot;

/**
 * The slots filled by the arguments of a call. Arguments that fit no slot are left out.
 *
 * @param complete true if the call runs the callable; false if it only configures
 */
record ArgumentMatch(Map<String, Argument> given, boolean complete) {

    static ArgumentMatch of(Expression.Call call, Signature signature, StaticValue callee) {
        List<Slot> open = signature.variadic() ? signature.variables() : signature.slots();
        Map<String, Argument> given = new LinkedHashMap<>();
        List<Argument> positional = positional(call);
        for (int i = 0; i < Math.min(positional.size(), open.size()); i++) {
            given.put(open.get(i).name(), positional.get(i));
        }
        for (Argument argument : call.arguments()) {
            argument.name()
                    .filter(name -> signature.slot(name).isPresent())
                    .ifPresent(name -> given.putIfAbsent(name, argument));
        }
        return new ArgumentMatch(given, isCall(signature, callee, given));
    }

    static List<Argument> positional(Expression.Call call) {
        return call.arguments().stream()
                .filter(argument -> argument.name().isEmpty())
                .toList();
    }

    /**
     * True unless the call lacks all variables and the callable has a required variable: such a call only configures.
     */
    private static boolean isCall(Signature signature, StaticValue callee, Map<String, Argument> given) {
        Stream<String> variables = signature.variables().stream().map(Slot::name);
        return signature.variables().stream().noneMatch(Slot::required)
                || variables.anyMatch(
                        name -> given.containsKey(name) || callee.configured().contains(name));
    }
}
