package org.sdescript.runtime;

import java.util.List;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * {@code xs + [v]}, as other languages add an element at the end of a list. Lists add element by element here, so a list of one
 * element would silently stay one of one element: the sum is refused and {@code append} named.
 */
final class AddedElement {
    private AddedElement() {}

    /**
     * @param whole the sum or the update
     * @param bound what stands before the sum that is to be written: {@code "x = "} for an update of x
     */
    static void refuse(
            BinaryOperator operator, Value left, Expression list, Expression right, Span whole, String bound) {
        if (operator != BinaryOperator.ADD
                || !(left instanceof Value.ListValue(List<Value> elements))
                || !(right instanceof Expression.ListLiteral(List<Expression> added, Span place))
                || added.size() != 1) {
            return;
        }
        String message = elements.size() == 1
                ? "this adds to the one element of the list"
                : "a list of " + elements.size() + " and a list of 1 do not add";
        throw Diagnostic.error("E0404", whole, message)
                .help("write `" + bound + "append(" + list.span().text() + ", "
                        + added.getFirst().span().text() + ")` for one more element; lists add element by element")
                .raise();
    }
}
