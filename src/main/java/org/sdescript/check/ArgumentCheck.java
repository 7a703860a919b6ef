package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.source.Span;

/** A check of what an argument says, done before the run if the script writes the argument as a literal. */
@FunctionalInterface
public interface ArgumentCheck {
    /**
     * Returns the error of an argument; empty for an allowed or unknown value.
     *
     * @param given what is known of the call's arguments, by parameter
     */
    Optional<Diagnostic> refusal(Expression argument, Function<String, Optional<StaticValue>> given);

    /** Checks strings. */
    static ArgumentCheck ofText(BiFunction<String, Span, Optional<Diagnostic>> check) {
        return (argument, given) -> ConstantFolding.literal(argument).orElse(null) instanceof Constant.Text(String text)
                ? check.apply(text, argument.span())
                : Optional.empty();
    }

    /**
     * Checks the names of output files before the run, which may take hours before it writes the file.
     *
     * @param endings the endings for what is known of the call's arguments
     */
    static ArgumentCheck ofFile(Function<Function<String, Optional<StaticValue>>, FileExtensions> endings) {
        return (argument, given) ->
                ending(argument).flatMap(name -> endings.apply(given).refused(name, argument.span()));
    }

    /** The name, or of an interpolated name the part after its last interpolation if that part has the ending. */
    private static Optional<String> ending(Expression name) {
        if (ConstantFolding.literal(name).orElse(null) instanceof Constant.Text(String text)) {
            return Optional.of(text);
        }
        return name instanceof Expression.Text(var parts, var span)
                        && parts.getLast() instanceof Expression.TextPart.Literal(String last)
                        && last.contains(".")
                ? Optional.of("…" + last)
                : Optional.empty();
    }

    /** Checks lists of numbers. */
    static ArgumentCheck ofNumbers(BiFunction<List<Double>, Span, Optional<Diagnostic>> check) {
        return (argument, given) -> numbers(argument).flatMap(numbers -> check.apply(numbers, argument.span()));
    }

    private static Optional<List<Double>> numbers(Expression argument) {
        if (!(argument instanceof Expression.ListLiteral(List<Expression> elements, Span span))) {
            return Optional.empty();
        }
        List<Double> numbers = new ArrayList<>();
        for (Expression element : elements) {
            if (!(ConstantFolding.literal(element).orElse(null) instanceof Constant.Number(double number))) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        return Optional.of(numbers);
    }
}
