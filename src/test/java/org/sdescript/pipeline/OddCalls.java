package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;

/** The call of a function in its example, with another value for one variable or parameter. */
record OddCalls(String name, String example, List<String> slots, Expression.Call call) {

    /** @param slots the slots that positional arguments fill, in their order: variables, then parameters */
    static Optional<OddCalls> of(String name, String example, List<String> slots) {
        Program program = Parser.parse(new Source("example.sde", example)).orThrow();
        return Children.all(program)
                .flatMap(node -> node instanceof Expression.Call call ? Stream.of(call) : Stream.empty())
                .filter(call -> call.callee() instanceof Expression.Name called
                        && called.name().equals(name))
                .findFirst()
                .map(call -> new OddCalls(name, example, slots, call));
    }

    /** The example with this value for a slot. */
    String with(String slot, String value) {
        return given(slot)
                .map(argument -> replaced(argument.value().span(), value))
                .orElseGet(() -> {
                    int end = call.span().end() - 1;
                    String comma = call.arguments().isEmpty() ? "" : ", ";
                    return example.substring(0, end) + comma + slot + " = " + value + example.substring(end);
                });
    }

    private String replaced(Span span, String value) {
        return example.substring(0, span.start()) + value + example.substring(span.end());
    }

    private Optional<Argument> given(String slot) {
        List<Argument> positional = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            if (argument.name().filter(slot::equals).isPresent()) {
                return Optional.of(argument);
            }
            if (argument.name().isEmpty()) {
                positional.add(argument);
            }
        }
        int at = slots.indexOf(slot);
        return at >= 0 && at < positional.size() ? Optional.of(positional.get(at)) : Optional.empty();
    }
}
