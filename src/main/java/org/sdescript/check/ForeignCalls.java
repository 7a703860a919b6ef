package org.sdescript.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.ForeignNames;

/**
 * Recognises calls written as in other languages (functions of a module, methods of values, sizes as single arguments)
 * and suggests the equivalent in this language.
 */
public final class ForeignCalls {
    private static final int LONGEST = 60;

    private ForeignCalls() {}

    /**
     * {@code np.sqrt(2)} → {@code sqrt(2)}.
     *
     * @param whole a field, or the call of a field, whose root is the name of a module
     * @param isFunction true for the names of functions
     * @param slots returns a function's parameter names
     */
    static Optional<String> ofModule(
            Expression whole, Predicate<String> isFunction, Function<String, List<String>> slots) {
        Expression called = whole instanceof Expression.Call call ? call.callee() : whole;
        if (!(called instanceof Expression.Field(Expression target, String field, var place, var span))) {
            return Optional.empty();
        }
        if (isFunction.test(field)) {
            Optional<String> sizes = whole instanceof Expression.Call call
                    ? sizes(field, slots.apply(field), positional(call))
                    : Optional.empty();
            if (sizes.isPresent()) {
                return sizes;
            }
            String written = whole instanceof Expression.Call call ? field + "(" + arguments(call) + ")" : field;
            return Optional.of("functions are called without a module: write `" + brief(written) + "`");
        }
        return ForeignNames.name(field);
    }

    /** The name at the head of {@code a.b.c(…)}, if it names a module in another language. */
    static Optional<Expression.Name> module(Expression whole) {
        Expression head = whole instanceof Expression.Call call ? call.callee() : whole;
        if (!(head instanceof Expression.Field)) {
            return Optional.empty();
        }
        while (head instanceof Expression.Field field) {
            head = field.target();
        }
        return head instanceof Expression.Name name && ForeignNames.isModule(name.name())
                ? Optional.of(name)
                : Optional.empty();
    }

    /**
     * {@code x.f(a)} → {@code f(x, a)}; fields such as {@code shape} have a help of their own.
     *
     * @param kind the kind of the target
     * @param call the call of the field, if there is one
     */
    public static Optional<String> method(
            Kind kind, Expression.Field field, Optional<Expression.Call> call, Predicate<String> isFunction) {
        Optional<String> known = ForeignNames.field(kind.words(), field.field());
        if (known.isPresent()) {
            return known;
        }
        String target = field.target().span().text();
        if (isFunction.test(field.field()) && ForeignNames.takes(field.field(), kind.words())) {
            String more = call.map(ForeignCalls::arguments).orElse("");
            String written = field.field() + "(" + target + (more.isEmpty() ? "" : ", " + more) + ")";
            return Optional.of("functions are called with their values as arguments: write `" + brief(written) + "`");
        }
        return Optional.empty();
    }

    /** {@code randn(2, 3)} → {@code randn([2, 3])}, for a callable whose last positional parameter is a shape. */
    public static Optional<String> sizes(String callee, List<String> slots, List<String> written) {
        int last = slots.indexOf("shape");
        boolean numbers = last >= 0
                && last < written.size()
                && written.subList(last, written.size()).stream().noneMatch(text -> text.startsWith("["));
        if (!numbers || last != slots.size() - 1) {
            return Optional.empty();
        }
        String before =
                written.subList(0, last).stream().map(text -> text + ", ").collect(Collectors.joining());
        String sizes = String.join(", ", written.subList(last, written.size()));
        return Optional.of("a shape is a list: write `" + brief(callee + "(" + before + "[" + sizes + "])") + "`");
    }

    private static List<String> positional(Expression.Call call) {
        return ArgumentMatch.positional(call).stream()
                .map(argument -> argument.span().text())
                .toList();
    }

    static String arguments(Expression.Call call) {
        return call.arguments().stream()
                .map(Argument::span)
                .map(span -> span.text())
                .collect(Collectors.joining(", "));
    }

    private static String brief(String text) {
        return text.length() <= LONGEST && !text.contains("\n")
                ? text
                : text.substring(0, text.indexOf('(') + 1) + "…)";
    }
}
