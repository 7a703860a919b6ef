package org.sdescript.algebra;

import java.util.List;
import org.sdescript.algebra.Expr.Symbol;

/**
 * A target that an expression is lowered to: numbers, closures, or nodes of a tensor program. {@link Lowering} calls
 * these methods in the order of the stable form, with divisions, subtractions and square roots where a person would
 * write them.
 */
public interface Arithmetic<T> {
    T constant(double value);

    T symbol(Symbol symbol);

    /** Returns a parameter: its number, unless the target knows the holder of the number. */
    default T parameter(Expr.Parameter parameter) {
        return constant(parameter.value());
    }

    T add(T a, T b);

    T subtract(T a, T b);

    T multiply(T a, T b);

    T divide(T a, T b);

    T negate(T a);

    T sqrt(T a);

    T power(T base, T exponent);

    /** Returns {@code then} where u compares with zero as the relation says, {@code otherwise} elsewhere. */
    T choose(Condition.Relation relation, T u, T then, T otherwise);

    T apply(Elementary function, List<T> arguments);

    /** Returns the tabulated function at u. */
    T interpolate(Interpolant function, T u);

    /**
     * Returns the cost of an operation on this value. Lighter values are combined first, so that few operations are
     * heavy.
     */
    default int weight(T value) {
        return 0;
    }
}
