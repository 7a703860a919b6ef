package org.sdescript.algebra;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A symbolic expression: immutable, compared by structure. The factories below build canonical form (like terms and
 * powers collected, a fixed order), so expressions that differ in notation only are equal. The record constructors do
 * not canonicalize; only {@link Canonical} and the stable forms use them.
 */
public sealed interface Expr {
    Expr ZERO = new Num(Rational.ZERO);
    Expr ONE = new Num(Rational.ONE);
    Expr HALF = new Num(Rational.HALF);
    Expr PI = Constant.PI;

    /** An exact rational number. */
    record Num(Rational value) implements Expr {
        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** An irrational constant. */
    enum Constant implements Expr {
        PI;

        public double value() {
            return Math.PI;
        }
    }

    /** A variable, a parameter, a state, or the score of a state. */
    record Symbol(String name) implements Expr {
        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /**
     * A constant that keeps its name: a parameter whose number is held elsewhere, so that derivatives by it exist, or
     * whose numbers are, one for each component or sample. Derivations use the range for signs and sizes, and the name
     * in formulas.
     *
     * @param low the smallest of the numbers; −∞ if they are not known yet
     * @param high the largest of the numbers; ∞ if they are not known yet
     * @param owner the holder of the numbers; parameters of different holders differ
     */
    record Parameter(String name, double low, double high, Object owner) implements Expr {
        /** Two parameters of the same range must not be equal by accident, so each has its own place in the range. */
        private static final double GOLDEN = 0.6180339887498949;

        public Parameter {
            if (!(low <= high)) {
                throw new IllegalArgumentException("the range of " + name + " is empty");
            }
        }

        /** Creates a parameter of one number. */
        public Parameter(String name, double value, Object owner) {
            this(name, value, value, owner);
        }

        /** True if all numbers are equal: what holds for {@link #value} holds for the parameter. */
        public boolean isSingle() {
            return low == high;
        }

        /**
         * Returns the number; of several, a number between the smallest and the largest, for checks that a formula is
         * plausible. No result may depend on such a number.
         */
        public double value() {
            if (isSingle()) {
                return low;
            }
            double share = 0.3 + 0.4 * (name.hashCode() * GOLDEN - Math.floor(name.hashCode() * GOLDEN));
            return Double.isInfinite(low)
                    ? Double.isInfinite(high) ? 0.25 + share : high - share
                    : Double.isInfinite(high) ? low + share : low + share * (high - low);
        }

        /** Returns the range as an interval. */
        Interval range() {
            return new Interval(bound(low), bound(high));
        }

        private static Optional<Interval.Bound> bound(double end) {
            return Double.isInfinite(end) ? Optional.empty() : Interval.closed(Rational.of(end));
        }

        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** Two or more terms; a number among them comes first. */
    record Sum(List<Expr> terms) implements Expr {
        public Sum {
            terms = ChildList.of(terms);
            requireSeveral(terms);
        }

        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** Two or more factors; a numeric coefficient comes first. */
    record Product(List<Expr> factors) implements Expr {
        public Product {
            factors = ChildList.of(factors);
            requireSeveral(factors);
        }

        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** The power base^exponent; a fractional power is defined for base ≥ 0 only. */
    record Power(Expr base, Expr exponent) implements Expr {
        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** An elementary function of its arguments. */
    record Apply(Elementary function, List<Expr> arguments) implements Expr {
        public Apply {
            arguments = ChildList.of(arguments);
            if (arguments.size() != function.arity()) {
                throw new IllegalArgumentException(function.spelling() + " takes " + function.arity() + " arguments");
            }
        }

        public Apply(Elementary function, Expr argument) {
            this(function, List.of(argument));
        }

        public Expr argument() {
            return arguments.getFirst();
        }

        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** A user's function by name, differentiated {@code order} times by its only variable: β(t), β̇(t). */
    record Call(Definition definition, List<Expr> arguments, int order) implements Expr {
        public Call {
            arguments = ChildList.of(arguments);
            if (arguments.size() != definition.variables().size() || order > 0 && arguments.size() > 1) {
                throw new IllegalArgumentException("wrong arguments of " + definition.name());
            }
        }

        /** Returns the body of the function at the arguments. */
        public Expr expanded() {
            return definition.body(arguments, order);
        }

        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** One expression where a condition holds, another where it fails; no value where the condition has none. */
    record Choice(Condition condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    /** A tabulated function of one variable: the derivative of the given order of the named function, as in Φ(t). */
    record Tabulated(String name, int order, Interpolant values, Expr argument) implements Expr {
        @Override
        public String toString() {
            return Text.of(this);
        }
    }

    static Expr of(long value) {
        return new Num(Rational.of(value));
    }

    /**
     * Returns the number most likely written for a double: a decimal, a small fraction, such a fraction of π, or a root
     * such as √2.
     */
    static Expr of(double value) {
        return NearestClosedForm.of(value).orElseGet(() -> new Num(Rational.of(value)));
    }

    static Expr of(Rational value) {
        return new Num(value);
    }

    static Expr ratio(long numerator, long denominator) {
        return new Num(Rational.of(numerator, denominator));
    }

    static Symbol symbol(String name) {
        return new Symbol(name);
    }

    static Expr sum(List<Expr> terms) {
        return Canonical.sum(terms);
    }

    static Expr sum(Expr... terms) {
        return Canonical.sum(Arrays.asList(terms));
    }

    static Expr product(List<Expr> factors) {
        return Canonical.product(factors);
    }

    static Expr product(Expr... factors) {
        return Canonical.product(Arrays.asList(factors));
    }

    static Expr power(Expr base, Expr exponent) {
        return Canonical.power(base, exponent);
    }

    static Expr apply(Elementary function, Expr... arguments) {
        return Canonical.apply(function, List.of(arguments));
    }

    static Expr call(Definition definition, List<Expr> arguments, int order) {
        return Canonical.call(definition, arguments, order);
    }

    static Expr choice(Condition condition, Expr then, Expr otherwise) {
        return Canonical.choice(condition, then, otherwise);
    }

    static Expr exp(Expr u) {
        return apply(Elementary.EXP, u);
    }

    static Expr log(Expr u) {
        return apply(Elementary.LOG, u);
    }

    static Expr sin(Expr u) {
        return apply(Elementary.SIN, u);
    }

    static Expr cos(Expr u) {
        return apply(Elementary.COS, u);
    }

    static Expr sqrt(Expr u) {
        return power(u, HALF);
    }

    default Expr plus(Expr other) {
        return sum(this, other);
    }

    default Expr minus(Expr other) {
        return sum(this, other.negate());
    }

    default Expr times(Expr other) {
        return product(this, other);
    }

    default Expr over(Expr other) {
        return product(this, other.pow(-1));
    }

    default Expr pow(long exponent) {
        return power(this, of(exponent));
    }

    default Expr negate() {
        return product(of(-1), this);
    }

    default boolean isZero() {
        return equals(ZERO);
    }

    default boolean isOne() {
        return equals(ONE);
    }

    /** True if the value does not depend on the symbol. */
    default boolean isFreeOf(Symbol symbol) {
        return switch (this) {
            case Num n -> true;
            case Constant c -> true;
            case Parameter p -> true;
            case Symbol s -> !s.equals(symbol);
            case Sum s -> allFreeOf(s.terms(), symbol);
            case Product p -> allFreeOf(p.factors(), symbol);
            case Power p -> p.base().isFreeOf(symbol) && p.exponent().isFreeOf(symbol);
            case Apply a -> allFreeOf(a.arguments(), symbol);
            case Call c -> allFreeOf(c.arguments(), symbol) && !freeInBody(c).contains(symbol);
            case Choice c ->
                c.condition().of().isFreeOf(symbol)
                        && c.then().isFreeOf(symbol)
                        && c.otherwise().isFreeOf(symbol);
            case Tabulated f -> f.argument().isFreeOf(symbol);
        };
    }

    /** Returns every symbol that the value depends on. */
    default Set<Symbol> symbols() {
        Set<Symbol> found = new LinkedHashSet<>();
        if (this instanceof Symbol s) {
            found.add(s);
        } else if (this instanceof Call c) {
            found.addAll(freeInBody(c));
        }
        children().forEach(child -> found.addAll(child.symbols()));
        return found;
    }

    /** True if the value depends on no symbol. */
    default boolean isConstant() {
        if (this instanceof Symbol || this instanceof Call c && !freeInBody(c).isEmpty()) {
            return false;
        }
        for (Expr child : children()) {
            if (!child.isConstant()) {
                return false;
            }
        }
        return true;
    }

    /** Returns every parameter that the expression names. */
    default Set<Parameter> parameters() {
        Set<Parameter> found = new LinkedHashSet<>();
        if (this instanceof Parameter p) {
            found.add(p);
        } else if (this instanceof Call c) {
            found.addAll(c.definition().body().parameters());
        }
        children().forEach(child -> found.addAll(child.parameters()));
        return found;
    }

    /** True if the expression names a parameter. */
    default boolean hasParameters() {
        if (this instanceof Parameter
                || this instanceof Call c && c.definition().body().hasParameters()) {
            return true;
        }
        for (Expr child : children()) {
            if (child.hasParameters()) {
                return true;
            }
        }
        return false;
    }

    /** True if the value depends on no symbol and on no parameter. */
    default boolean isNumber() {
        return isConstant() && !hasParameters();
    }

    default List<Expr> children() {
        return switch (this) {
            case Num n -> List.of();
            case Constant c -> List.of();
            case Parameter p -> List.of();
            case Symbol s -> List.of();
            case Sum s -> s.terms();
            case Product p -> p.factors();
            case Power p -> List.of(p.base(), p.exponent());
            case Apply a -> a.arguments();
            case Call c -> c.arguments();
            case Choice c -> List.of(c.condition().of(), c.then(), c.otherwise());
            case Tabulated f -> List.of(f.argument());
        };
    }

    /** Returns this node with changed children, in canonical form. */
    default Expr mapChildren(UnaryOperator<Expr> change) {
        return switch (this) {
            case Num n -> n;
            case Constant c -> c;
            case Parameter p -> p;
            case Symbol s -> s;
            case Sum s -> sum(s.terms().stream().map(change).toList());
            case Product p -> product(p.factors().stream().map(change).toList());
            case Power p -> power(change.apply(p.base()), change.apply(p.exponent()));
            case Apply a ->
                Canonical.apply(a.function(), a.arguments().stream().map(change).toList());
            case Call c ->
                call(c.definition(), c.arguments().stream().map(change).toList(), c.order());
            case Choice c -> Canonical.choice(c, change);
            case Tabulated f -> new Tabulated(f.name(), f.order(), f.values(), change.apply(f.argument()));
        };
    }

    /** Substitutes values for symbols, all simultaneously. */
    default Expr with(Map<Symbol, Expr> values) {
        if (this instanceof Symbol s) {
            return values.getOrDefault(s, s);
        }
        if (this instanceof Call c && values.keySet().stream().anyMatch(freeInBody(c)::contains)) {
            return c.expanded().with(values);
        }
        return mapChildren(child -> child.with(values));
    }

    default Expr with(Symbol symbol, Expr value) {
        return with(Map.of(symbol, value));
    }

    /** Substitutes a value and leaves the form around it as it is; for stable forms. */
    default Expr withExactly(Symbol symbol, Expr value) {
        UnaryOperator<Expr> change = child -> child.withExactly(symbol, value);
        return switch (this) {
            case Num n -> n;
            case Constant c -> c;
            case Parameter p -> p;
            case Symbol s -> s.equals(symbol) ? value : s;
            case Sum s -> new Sum(s.terms().stream().map(change).toList());
            case Product p -> new Product(p.factors().stream().map(change).toList());
            case Power p -> new Power(change.apply(p.base()), change.apply(p.exponent()));
            case Apply a ->
                new Apply(a.function(), a.arguments().stream().map(change).toList());
            case Call c ->
                new Call(c.definition(), c.arguments().stream().map(change).toList(), c.order());
            case Choice c -> new Choice(c.condition().map(change), change.apply(c.then()), change.apply(c.otherwise()));
            case Tabulated f -> new Tabulated(f.name(), f.order(), f.values(), change.apply(f.argument()));
        };
    }

    /**
     * Replaces parameters by others of the same name and range, whose numbers are held elsewhere; the form stays as it
     * is, also that of named functions.
     */
    default Expr withOwners(UnaryOperator<Parameter> change) {
        UnaryOperator<Expr> each = child -> child.withOwners(change);
        if (!hasParameters()) {
            return this;
        }
        return switch (this) {
            case Num n -> n;
            case Constant c -> c;
            case Parameter p -> change.apply(p);
            case Symbol s -> s;
            case Sum s -> new Sum(s.terms().stream().map(each).toList());
            case Product p -> new Product(p.factors().stream().map(each).toList());
            case Power p -> new Power(each.apply(p.base()), each.apply(p.exponent()));
            case Apply a ->
                new Apply(a.function(), a.arguments().stream().map(each).toList());
            case Call c ->
                new Call(
                        new Definition(
                                c.definition().name(),
                                c.definition().variables(),
                                each.apply(c.definition().body())),
                        c.arguments().stream().map(each).toList(),
                        c.order());
            case Choice c -> new Choice(c.condition().map(each), each.apply(c.then()), each.apply(c.otherwise()));
            case Tabulated f -> new Tabulated(f.name(), f.order(), f.values(), each.apply(f.argument()));
        };
    }

    /** Replaces every occurrence of a subexpression. */
    default Expr replace(Expr part, Expr by) {
        return equals(part) ? by : mapChildren(child -> child.replace(part, by));
    }

    /** Returns the parameters of several numbers that the expression names. */
    default Set<Parameter> severalParameters() {
        Set<Parameter> found = parameters();
        found.removeIf(Parameter::isSingle);
        return found;
    }

    /** True if the expression names a parameter of several numbers: no one number is its value. */
    default boolean hasSeveral() {
        return hasParameters() && !severalParameters().isEmpty();
    }

    /** Replaces every named function by its definition. */
    default Expr expandCalls() {
        return this instanceof Call c ? c.expanded().expandCalls() : mapChildren(Expr::expandCalls);
    }

    private static boolean allFreeOf(List<Expr> parts, Symbol symbol) {
        for (Expr part : parts) {
            if (!part.isFreeOf(symbol)) {
                return false;
            }
        }
        return true;
    }

    private static Set<Symbol> freeInBody(Call call) {
        Set<Symbol> free = new HashSet<>(call.definition().body().symbols());
        call.definition().variables().forEach(free::remove);
        return free;
    }

    private static void requireSeveral(List<Expr> parts) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException("a sum or product of fewer than two parts: " + parts);
        }
    }
}
