package org.sdescript.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** A call of a script's function with copies of a program's objects, made on the thread of the caller. */
record FunctionCall(
        Callable callable, List<@Nullable Object> positional, Map<String, @Nullable Object> named, Span from) {

    static FunctionCall of(Callable callable, @Nullable Object[] positional, Map<String, ?> named) {
        String function = callable.signature().name();
        List<@Nullable Object> byPosition = new ArrayList<>();
        for (Object argument : positional) {
            byPosition.add(PlainData.of(argument, "argument " + (byPosition.size() + 1) + " of `" + function + "`"));
        }
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        named.forEach(
                (name, argument) -> byName.put(name, PlainData.of(argument, "`" + name + "` of `" + function + "`")));
        return new FunctionCall(callable, byPosition, byName, ApiWords.caller(function + "(…)"));
    }

    /** Makes values of the arguments and calls, on the run's thread. */
    Value on(Interpreter interpreter, JavaValues exchange) {
        Map<String, Value> byName = new LinkedHashMap<>();
        named.forEach((name, argument) -> byName.put(name, exchange.toValue(argument, from)));
        List<Value> byPosition = positional.stream()
                .map(argument -> exchange.toValue(argument, from))
                .toList();
        return interpreter.call(callable, new Arguments(byPosition, byName, from));
    }
}
