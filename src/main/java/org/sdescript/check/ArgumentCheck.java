package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** A check of what an argument says, done before the run if the script writes the argument as a literal. */
@FunctionalInterface
public interface ArgumentCheck {
    /** Returns the error of an argument; empty for an allowed or unknown value. */
    Optional<Diagnostic> refusal(Expression argument);

    /** Checks strings. */
    static ArgumentCheck ofText(BiFunction<String, Span, Optional<Diagnostic>> check) {
        return argument -> ConstantFolding.literal(argument).orElse(null) instanceof Constant.Text(String text)
                ? check.apply(text, argument.span())
                : Optional.empty();
    }

    /** Checks lists of numbers. */
    static ArgumentCheck ofNumbers(BiFunction<List<Double>, Span, Optional<Diagnostic>> check) {
        return argument -> numbers(argument).flatMap(numbers -> check.apply(numbers, argument.span()));
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
