package org.sdescript.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr.Symbol;

/**
 * A user's named function, such as a schedule β(t). Formulas refer to the function by name; the definition holds the
 * body.
 */
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

    /** Returns the function applied by name, as in β(t). */
    public Expr at(Expr... arguments) {
        return Expr.call(this, List.of(arguments), 0);
    }

    /** Returns the derivative of the given order of the body, with the arguments substituted for the variables. */
    Expr body(List<Expr> arguments, int order) {
        Map<Symbol, Expr> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(variables.get(i), arguments.get(i));
        }
        return derivative(order).with(values);
    }

    /** True if the derivative of the given order is zero. */
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
