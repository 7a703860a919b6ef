package org.sdescript.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr.Symbol;

/** A named function of the user's, such as a schedule β(t): kept by name in formulas, its body beside it. */
public record Definition(String name, List<Symbol> variables, Expr body) {
    public Definition {
        variables = List.copyOf(variables);
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("the function " + name + " has no variable");
        }
    }

    public Definition(String name, Symbol variable, Expr body) {
        this(name, List.of(variable), body);
    }

    /** The function applied by name, as in β(t). */
    public Expr at(Expr... arguments) {
        return Expr.call(this, List.of(arguments), 0);
    }

    /** The body with the arguments in place of the variables, differentiated {@code order} times before that. */
    Expr body(List<Expr> arguments, int order) {
        Map<Symbol, Expr> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(variables.get(i), arguments.get(i));
        }
        return derivative(order).with(values);
    }

    /** Whether the derivative of that order vanishes. */
    boolean isConstant(int order) {
        return derivative(order).isZero();
    }

    private Expr derivative(int order) {
        Expr derived = body;
        for (int i = 0; i < order; i++) {
            derived = Derivative.of(derived, variables.getFirst());
        }
        return derived;
    }
}
