package org.sdescript.algebra;

import java.util.List;
import org.sdescript.algebra.Expr.Symbol;

/**
 * What an expression is lowered to: numbers, closures, nodes of a tensor program. {@link Lowering} calls these in the
 * order of the stable form, with divisions, subtractions and square roots where a person would write them.
 */
public interface Arithmetic<T> {
    T constant(double value);

    T symbol(Symbol symbol);

    T add(T a, T b);

    T subtract(T a, T b);

    T multiply(T a, T b);

    T divide(T a, T b);

    T negate(T a);

    T sqrt(T a);

    T power(T base, T exponent);

    T apply(Elementary function, List<T> arguments);

    /** A function known by numbers at u. */
    T interpolate(Interpolant function, T u);

    /** How much an operation on this value costs: lighter values are combined first, so that few operations are heavy. */
    default int weight(T value) {
        return 0;
    }
}
