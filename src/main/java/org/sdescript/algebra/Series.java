package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Constant;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Expr.Tabulated;

/**
 * An expression for a small positive h: Σ cᵣ hʳ up to O(h^order). Exponents are rational and may be negative: √(h β) is
 * √β h^½. The limit of a chain for small steps is derived from such series.
 *
 * @param terms cᵣ by r, without zeros, all r below the order
 * @param order the exponent of the first term left out
 */
public record Series(TreeMap<Rational, Expr> terms, Rational order) {
    private static final int MOST_TERMS = 64;
    private static final int MOST_LOST = 4;
    private static final Symbol H = Expr.symbol("∂h");

    /**
     * Expands the expression at h = 0.
     *
     * @return empty if e has no such series: a logarithm or a kink at h = 0
     */
    public static Optional<Series> of(Expr e, Symbol h, int order) {
        // Division by h loses orders, and first terms may lie beyond the order: a few more orders are carried until
        // enough remain.
        Rational wanted = Rational.of(order);
        return IntStream.rangeClosed(order, order + MOST_LOST)
                .mapToObj(carried -> tried(e, h, Rational.of(carried)))
                .flatMap(Optional::stream)
                .filter(found -> found.order.compareTo(wanted) >= 0)
                .findFirst()
                .map(found -> found.truncated(wanted));
    }

    private static Optional<Series> tried(Expr e, Symbol h, Rational order) {
        try {
            return Optional.of(new Builder(h, order).of(e));
        } catch (ArithmeticException none) {
            return Optional.empty();
        }
    }

    /** Returns the coefficient of hʳ. */
    public Expr coefficient(Rational r) {
        return terms.getOrDefault(r, Expr.ZERO);
    }

    public Expr coefficient(int r) {
        return coefficient(Rational.of(r));
    }

    /** Returns the smallest exponent, or the order if all known terms vanish. */
    public Rational lowest() {
        return terms.isEmpty() ? order : terms.firstKey();
    }

    /** Returns Σ cᵣ hʳ without the error term. */
    public Expr toExpr(Symbol h) {
        List<Expr> sum = new ArrayList<>();
        terms.forEach((r, c) -> sum.add(c.times(Expr.power(h, Expr.of(r)))));
        return Expr.sum(sum);
    }

    private static Series constant(Expr value, Rational order) {
        return power(value, Rational.ZERO, order);
    }

    private static Series power(Expr coefficient, Rational exponent, Rational order) {
        return new Series(new TreeMap<>(Map.of(exponent, coefficient)), order).truncated(order);
    }

    private Series truncated(Rational at) {
        Rational least = at.compareTo(order) < 0 ? at : order;
        TreeMap<Rational, Expr> kept = new TreeMap<>(terms.headMap(least, false));
        kept.values().removeIf(Expr::isZero);
        if (kept.size() > MOST_TERMS) {
            throw new TooLarge("a series of more than " + MOST_TERMS + " terms");
        }
        return new Series(kept, least);
    }

    private Series plus(Series other) {
        TreeMap<Rational, Expr> sum = new TreeMap<>(terms);
        other.terms.forEach((r, c) -> sum.merge(r, c, (a, b) -> simple(a.plus(b))));
        return new Series(sum, order).truncated(other.order);
    }

    private Series times(Series other) {
        TreeMap<Rational, Expr> product = new TreeMap<>();
        Rational known = min(order.plus(other.lowest()), other.order.plus(lowest()));
        terms.forEach((r, a) -> other.terms.forEach((s, b) -> {
            if (r.plus(s).compareTo(known) < 0) {
                product.merge(r.plus(s), a.times(b), (x, y) -> simple(x.plus(y)));
            }
        }));
        return new Series(product, known).truncated(known);
    }

    private static Rational min(Rational a, Rational b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Expr simple(Expr e) {
        return Quotient.vanishes(e) ? Expr.ZERO : e;
    }

    private Series times(Expr factor) {
        TreeMap<Rational, Expr> product = new TreeMap<>();
        terms.forEach((r, c) -> product.put(r, c.times(factor)));
        return new Series(product, order);
    }

    /** Returns the series without its constant term; throws if the series has a pole. */
    private Series small() {
        if (lowest().signum() < 0) {
            throw new Undefined("a pole at h = 0");
        }
        TreeMap<Rational, Expr> rest = new TreeMap<>(terms);
        rest.remove(Rational.ZERO);
        return new Series(rest, order);
    }

    /** Returns Σ fₖ uᵏ, where u is this series, which is small. */
    private Series composed(List<Expr> coefficients) {
        Series total = constant(coefficients.getFirst(), order);
        Series raised = constant(Expr.ONE, order);
        for (Expr coefficient : coefficients.subList(1, coefficients.size())) {
            raised = raised.times(this);
            total = total.plus(raised.times(coefficient));
        }
        return total;
    }

    /** Returns the highest power of u that counts below the order. */
    private int depth() {
        if (terms.isEmpty()) {
            return 1;
        }
        return Math.min(MOST_TERMS, order.over(lowest()).floor().intValue() + 1);
    }

    /** Builds the series of an expression from the series of its parts. */
    private record Builder(Symbol h, Rational order) {
        Series of(Expr e) {
            if (e.isFreeOf(h)) {
                return constant(e, order);
            }
            return switch (e) {
                case Num n -> constant(n, order);
                case Constant c -> constant(c, order);
                case Parameter p -> constant(p, order);
                case Symbol s -> power(Expr.ONE, Rational.ONE, order);
                case Sum(List<Expr> terms) ->
                    terms.stream().map(this::of).reduce(Series::plus).orElseThrow();
                case Product(List<Expr> factors) ->
                    factors.stream().map(this::of).reduce(Series::times).orElseThrow();
                case Power(Expr base, Num n) -> raised(of(base), n.value());
                case Power(Expr base, Expr exponent) -> of(Expr.exp(exponent.times(Expr.log(base))));
                case Apply a when a.arguments().size() == 1 -> applied(a, of(a.argument()));
                case Apply a -> throw new Undefined("a kink at h = 0");
                case Call c
                when c.arguments().size() == 1 -> called(c, of(c.arguments().getFirst()));
                case Call c -> of(c.expanded());
                case Tabulated f -> taylorOf(f, of(f.argument()));
                case Choice c -> throw new Undefined("a branch at h = 0");
            };
        }

        /** Returns (c hʳ (1 + u))^n by the binomial series. */
        private Series raised(Series base, Rational n) {
            if (base.terms.isEmpty()) {
                throw new Undefined("an unknown first term");
            }
            Rational r = base.lowest();
            Expr first = base.coefficient(r);
            Series rest = base.times(power(first.pow(-1), r.negate(), order.plus(r.abs())))
                    .small();
            List<Expr> binomials = new ArrayList<>(List.of(Expr.ONE));
            Rational binomial = Rational.ONE;
            for (int k = 1; k <= rest.depth(); k++) {
                binomial = binomial.times(n.minus(Rational.of(k - 1))).over(Rational.of(k));
                binomials.add(Expr.of(binomial));
            }
            Series factor = power(
                    Expr.power(first, Expr.of(n)),
                    r.times(n),
                    order.plus(r.times(n).abs()));
            return rest.composed(binomials).times(factor);
        }

        private Series applied(Apply a, Series u) {
            Expr at = u.coefficient(0);
            return switch (a.function()) {
                case ABS -> u.times(Expr.apply(Elementary.SIGN, positive(u)));
                case SIGN -> constant(Expr.apply(Elementary.SIGN, positive(u)), order);
                case LOG, LOG1P, EXP, EXPM1, SIN, COS, TAN, SINH, COSH, TANH, ATAN, ERF ->
                    taylor(Expr.apply(a.function(), H), at, u.small());
                case MIN, MAX -> throw new Undefined("a kink at h = 0");
            };
        }

        /** Returns the first coefficient, whose sign is the sign of the series for small h. */
        private Expr positive(Series u) {
            if (u.terms.isEmpty()) {
                throw new Undefined("an unknown first term");
            }
            return u.terms.firstEntry().getValue();
        }

        private Series called(Call c, Series u) {
            Expr function = Expr.call(c.definition(), List.of(H), c.order());
            return taylor(function, u.coefficient(0), u.small());
        }

        private Series taylorOf(Tabulated f, Series u) {
            Expr function = new Tabulated(f.name(), f.order(), f.values(), H);
            return taylor(function, u.coefficient(0), u.small());
        }

        /** Returns Σ f⁽ᵏ⁾(a) uᵏ/k!. */
        private Series taylor(Expr function, Expr at, Series u) {
            List<Expr> coefficients = new ArrayList<>();
            Expr derivative = function;
            Rational factorial = Rational.ONE;
            for (int k = 0; k <= u.depth(); k++) {
                coefficients.add(derivative.with(H, at).over(Expr.of(factorial)));
                derivative = Derivative.of(derivative, H);
                factorial = factorial.times(Rational.of(k + 1));
            }
            return u.composed(coefficients);
        }
    }
}
