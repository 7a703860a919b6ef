package org.sdescript.algebra;

import java.util.List;
import org.sdescript.algebra.Expr.Symbol;

/** Arithmetic on doubles, for expressions without symbols. */
enum DoubleArithmetic implements Arithmetic<Double> {
    ARITHMETIC;

    @Override
    public Double constant(double value) {
        return value;
    }

    @Override
    public Double symbol(Symbol symbol) {
        throw new IllegalArgumentException("no value for " + symbol.name());
    }

    @Override
    public Double add(Double a, Double b) {
        return a + b;
    }

    @Override
    public Double subtract(Double a, Double b) {
        return a - b;
    }

    @Override
    public Double multiply(Double a, Double b) {
        return a * b;
    }

    @Override
    public Double divide(Double a, Double b) {
        return a / b;
    }

    @Override
    public Double negate(Double a) {
        return -a;
    }

    @Override
    public Double sqrt(Double a) {
        return Math.sqrt(a);
    }

    @Override
    public Double power(Double base, Double exponent) {
        return Math.pow(base, exponent);
    }

    @Override
    public Double choose(Condition.Relation relation, Double u, Double then, Double otherwise) {
        return u.isNaN() ? u : relation.holds(u) ? then : otherwise;
    }

    @Override
    public Double interpolate(Interpolant function, Double u) {
        return function.at(u);
    }

    @Override
    public Double apply(Elementary function, List<Double> u) {
        return u.size() == 1 ? function.at(u.getFirst()) : function.at(u.get(0), u.get(1));
    }
}
