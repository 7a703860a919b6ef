package org.sdescript.algebra;

import java.util.Arrays;
import java.util.List;
import org.sdescript.algebra.Expr.Symbol;

/** An expression as a function of doubles: its stable form, compiled once to closures. */
@FunctionalInterface
public interface Evaluation {
    /** Returns the value for these values of the symbols, in the order given at compilation. */
    double at(double... values);

    static Evaluation of(Expr e, Symbol... symbols) {
        return Lowering.of(e, new Closures(Arrays.asList(symbols)));
    }

    /** Compiles a form that is already stable. */
    static Evaluation ofStable(Expr e, Symbol... symbols) {
        return Lowering.ofStable(e, new Closures(Arrays.asList(symbols)));
    }

    /** Returns the value of an expression without symbols. */
    static double of(Expr e) {
        return Lowering.of(e, DoubleArithmetic.ARITHMETIC);
    }

    /** Lowers each operation to a closure over its operands. */
    record Closures(List<Symbol> symbols) implements Arithmetic<Evaluation> {
        @Override
        public Evaluation constant(double value) {
            return v -> value;
        }

        @Override
        public Evaluation symbol(Symbol symbol) {
            int i = symbols.indexOf(symbol);
            if (i < 0) {
                throw new IllegalArgumentException("no value for " + symbol.name());
            }
            return v -> v[i];
        }

        @Override
        public Evaluation add(Evaluation a, Evaluation b) {
            return v -> a.at(v) + b.at(v);
        }

        @Override
        public Evaluation subtract(Evaluation a, Evaluation b) {
            return v -> a.at(v) - b.at(v);
        }

        @Override
        public Evaluation multiply(Evaluation a, Evaluation b) {
            return v -> a.at(v) * b.at(v);
        }

        @Override
        public Evaluation divide(Evaluation a, Evaluation b) {
            return v -> a.at(v) / b.at(v);
        }

        @Override
        public Evaluation negate(Evaluation a) {
            return v -> -a.at(v);
        }

        @Override
        public Evaluation sqrt(Evaluation a) {
            return v -> Math.sqrt(a.at(v));
        }

        @Override
        public Evaluation power(Evaluation base, Evaluation exponent) {
            return v -> Math.pow(base.at(v), exponent.at(v));
        }

        @Override
        public Evaluation choose(Condition.Relation relation, Evaluation u, Evaluation then, Evaluation otherwise) {
            return v -> {
                double compared = u.at(v);
                return Double.isNaN(compared) ? Double.NaN : relation.holds(compared) ? then.at(v) : otherwise.at(v);
            };
        }

        @Override
        public Evaluation interpolate(Interpolant function, Evaluation u) {
            return v -> function.at(u.at(v));
        }

        @Override
        public Evaluation apply(Elementary f, List<Evaluation> u) {
            Evaluation first = u.getFirst();
            if (u.size() == 1) {
                return v -> f.at(first.at(v));
            }
            Evaluation second = u.get(1);
            return v -> f.at(first.at(v), second.at(v));
        }
    }
}
