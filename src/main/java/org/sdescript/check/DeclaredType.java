package org.sdescript.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.ast.AllowedValues.Choice;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.check.NumberRange.Bound;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/**
 * Translates what a declaration allows for a parameter, {@code steps = 1000 in 1..}, into a {@link ParameterType}. The
 * default {@code none} is allowed without being listed.
 */
final class DeclaredType {
    private static final ConstantFolding CONSTANTS = new ConstantFolding(
            Map.of("inf", new Constant.Number(Double.POSITIVE_INFINITY), "pi", new Constant.Number(Math.PI)));

    private static final String ALLOWED =
            "allowed are an interval `(0, inf)`, whole numbers `1..`, constants, and kinds such as `tensor`";

    private final Parameter parameter;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final List<Constant> values = new ArrayList<>();
    private final List<ParameterType> named = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<Diagnostic> errors = new ArrayList<>();
    private Optional<NumberRange> range = Optional.empty();

    private DeclaredType(Parameter parameter) {
        this.parameter = parameter;
        parameter.allowed().stream().flatMap(its -> its.choices().stream()).forEach(this::add);
    }

    /** The declared type; any value is allowed without a clause, or if the clause has an error. */
    static ParameterType of(Parameter parameter) {
        if (parameter.allowed().isEmpty()) {
            return ParameterType.ANY;
        }
        DeclaredType declared = new DeclaredType(parameter);
        return declared.errors.isEmpty() ? declared.type() : ParameterType.ANY;
    }

    /** The errors of the clause, and of a default that the clause does not allow. */
    static List<Diagnostic> errors(Parameter parameter) {
        if (parameter.allowed().isEmpty()) {
            return List.of();
        }
        DeclaredType declared = new DeclaredType(parameter);
        if (declared.errors.isEmpty()) {
            parameter.defaultValue().ifPresent(value -> CONSTANTS
                    .of(value)
                    .flatMap(constant -> declared.type()
                            .refusal(
                                    "the default of `" + parameter.name() + "`",
                                    ArgumentFacts.of(constant),
                                    value.span()))
                    .ifPresent(declared.errors::add));
        }
        return declared.errors;
    }

    private ParameterType type() {
        ParameterType type = ParameterType.declared(either(words), kinds, range, List.copyOf(values), named);
        boolean optional = parameter
                .defaultValue()
                .filter(Expression.None.class::isInstance)
                .isPresent();
        return optional ? type.orNone() : type;
    }

    private void add(Choice choice) {
        switch (choice) {
            case Choice.Interval it ->
                range(it, number(it.from()), it.fromIncluded(), number(it.to()), it.toIncluded(), false);
            case Choice.WholeFrom it -> whole(it, number(it.from()), Optional.of(Double.POSITIVE_INFINITY));
            case Choice.Of(Expression.Range whole, var span) -> whole(choice, number(whole.from()), number(whole.to()));
            case Choice.Of(Expression.Name name, var span)
            when CONSTANTS.of(name).isEmpty() -> kind(name);
            case Choice.Of(Expression value, var span) ->
                CONSTANTS
                        .of(value)
                        .ifPresentOrElse(
                                this::value,
                                () -> error(value.span(), "`" + value.span().text() + "` is no constant", ALLOWED));
        }
    }

    private Optional<Double> number(Expression bound) {
        Optional<Double> value = CONSTANTS.number(bound);
        if (value.isEmpty()) {
            error(
                    bound.span(),
                    "a bound of `" + parameter.name() + "` is no constant number",
                    ConstantFolding.literal(bound).isPresent()
                            ? "values are separated by `|`: `in \"a\" | \"b\"`"
                            : "a bound that other parameters decide is checked in the body, with `fail`");
        }
        return value;
    }

    /** Whole numbers are finite, without end though a range of them may be. */
    private void whole(Choice choice, Optional<Double> from, Optional<Double> to) {
        range(choice, from, isFinite(from), to, isFinite(to), true);
    }

    private static boolean isFinite(Optional<Double> bound) {
        return bound.isPresent() && Double.isFinite(bound.get());
    }

    private void range(
            Choice choice,
            Optional<Double> from,
            boolean fromIncluded,
            Optional<Double> to,
            boolean toIncluded,
            boolean whole) {
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        if (range.isPresent()) {
            error(
                    choice.span(),
                    "`" + parameter.name() + "` has a second interval",
                    "an interval stands once; " + ALLOWED);
        } else if (from.get() > to.get() || from.get().equals(to.get()) && !(fromIncluded && toIncluded)) {
            error(choice.span(), "no number lies in `" + choice.span().text() + "`", "the smaller end comes first");
        }
        range = Optional.of(
                new NumberRange(whole, new Bound(from.get(), fromIncluded), new Bound(to.get(), toIncluded)));
        numbers();
    }

    private void numbers() {
        if (kinds.add(Kind.NUMBER)) {
            kinds.add(Kind.TENSOR);
            words.add("a number");
        }
    }

    private void kind(Expression.Name name) {
        ParameterType.named(name.name())
                .ifPresentOrElse(
                        type -> {
                            named.add(type);
                            words.add(type.words());
                        },
                        () -> unknown(name));
    }

    private void unknown(Expression.Name name) {
        error(
                name.span(),
                "`" + name.name() + "` is no kind of value",
                Spelling.nearestOfFew(name.name(), ParameterType.KINDS)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("the kinds are " + String.join(", ", ParameterType.KINDS)));
    }

    private void value(Constant value) {
        values.add(value);
        switch (value) {
            case Constant.Number number -> numbers();
            case Constant.Text text -> {
                if (kinds.add(Kind.TEXT)) {
                    words.add("a string");
                }
            }
            case Constant.Bool bool -> {
                if (kinds.add(Kind.BOOLEAN)) {
                    kinds.add(Kind.TENSOR);
                    words.add("true or false");
                }
            }
            case Constant.None none -> {
                if (kinds.add(Kind.NONE)) {
                    words.add("none");
                }
            }
        }
    }

    private void error(Span place, String message, String help) {
        errors.add(Diagnostic.error("E0313", place, message).help(help));
    }

    /** The values as a choice in words: {@code "a", "b" or "c"}. */
    static String choice(List<Constant> values) {
        return either(values.stream().map(Constant::written).toList());
    }

    private static String either(List<String> all) {
        return all.size() == 1
                ? all.getFirst()
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }
}
