package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * The form for computation: equal to the expression, but without differences of nearly equal numbers. 1 − exp(u) →
 * −expm1(u), 1 − 2 exp(u) + exp(2u) → expm1(u)², log(1 + u) → log1p(u), 1 − cos(u) → 2 sin²(u/2), sin²(u) − sin²(v)
 * cos²(u)/cos²(v) → sin(u − v) sin(u + v)/cos²(v). The nodes are not canonical (canonical form would undo the
 * rewrites); they are for {@link Lowering} only.
 */
public final class StableForm {
    private StableForm() {}

    public static Expr of(Expr e) {
        return stable(e.expandCalls(), List.of());
    }

    /** Like {@link #of(Expr)}, where the given symbols come close to zero. */
    public static Expr of(Expr e, Symbol... small) {
        return stable(e.expandCalls(), List.of(small));
    }

    private static Expr stable(Expr e, List<Symbol> small) {
        return switch (e) {
            case Num n -> n;
            case Constant c -> c;
            case Parameter p -> p;
            case Symbol s -> s;
            case Sum s -> ofSum(s, small);
            case Product(List<Expr> factors) -> ofProduct(factors, small);
            case Power(Expr base, Expr exponent) -> new Power(stable(base, small), stable(exponent, small));
            case Apply a -> ofApplication(a, small);
            case Call c -> stable(c.expandCalls(), small);
            case Choice(Condition condition, Expr then, Expr otherwise) ->
                new Choice(condition.map(u -> stable(u, small)), stable(then, small), stable(otherwise, small));
            case Tabulated(String name, int order, Interpolant values, Expr argument) ->
                new Tabulated(name, order, values, stable(argument, small));
        };
    }

    private static Expr ofSum(Sum sum, List<Symbol> small) {
        return inComplements(sum, small)
                .or(() -> halfAngle(sum, small))
                .or(() -> angleDifference(sum))
                .or(() -> StableDifferences.of(sum).map(form -> form.map(part -> stable(part, small))))
                .orElseGet(() -> new Sum(
                        sum.terms().stream().map(term -> stable(term, small)).toList()));
    }

    private static Optional<Expr> inComplements(Sum sum, List<Symbol> small) {
        if (!containsExponential(sum)) {
            return Optional.empty();
        }
        for (Symbol symbol : candidates(sum, small)) {
            Optional<Expr> found =
                    ExponentialPolynomial.of(sum, symbol).flatMap(polynomial -> inComplement(polynomial, small));
            if (found.isPresent()) {
                return found;
            }
        }
        return ExponentialPolynomial.ofWholeExponents(sum).flatMap(polynomial -> inComplement(polynomial, small));
    }

    private static boolean containsExponential(Expr e) {
        return e instanceof Apply a && a.function() == Elementary.EXP
                || e.children().stream().anyMatch(StableForm::containsExponential);
    }

    private static Set<Symbol> candidates(Expr e, List<Symbol> small) {
        Set<Symbol> symbols = new LinkedHashSet<>(small);
        symbols.addAll(e.symbols());
        return symbols;
    }

    /**
     * Σ cₖ Eᵏ → E^l (d₀ + D^m (dₘ + dₘ₊₁ D + …)) with D = −expm1(u), where the sum or its plain number vanishes at u =
     * 0.
     */
    private static Optional<Expr> inComplement(ExponentialPolynomial polynomial, List<Symbol> small) {
        List<Expr> d = polynomial.inComplement();
        Expr rest = d.getFirst();
        boolean numberVanishes = !polynomial.number().isZero()
                && ExponentialPolynomial.number(rest).isZero();
        if (!rest.isZero() && !numberVanishes) {
            return Optional.empty();
        }
        int m = 1;
        while (m < d.size() && d.get(m).isZero()) {
            m++;
        }
        if (m == d.size()) {
            return Optional.empty();
        }
        Expr complement = times(List.of(Expr.of(-1), new Apply(Elementary.EXPM1, stable(polynomial.u(), small))));
        List<Expr> terms = new ArrayList<>();
        for (int j = m; j < d.size(); j++) {
            if (!d.get(j).isZero()) {
                terms.add(times(List.of(stable(d.get(j), small), power(complement, j - m))));
            }
        }
        Expr vanishing = times(List.of(plus(terms), power(complement, m)));
        Expr total = rest.isZero() ? vanishing : plus(List.of(stable(rest, small), vanishing));
        Expr scale = Expr.exp(polynomial.u().times(Expr.of(polynomial.lowest())));
        return Optional.of(times(List.of(scale, total)));
    }

    /** c − c cos(u) + … → 2c sin²(u/2) + …, for a number c. */
    private static Optional<Expr> halfAngle(Sum sum, List<Symbol> small) {
        if (!(sum.terms().getFirst() instanceof Num number)) {
            return Optional.empty();
        }
        for (Expr term : sum.terms()) {
            Term split = Term.of(term);
            if (split.rest() instanceof Apply a
                    && a.function() == Elementary.COS
                    && split.coefficient().equals(number.value().negate())) {
                Expr half = Expr.sin(a.argument().times(Expr.HALF)).pow(2);
                Expr squared = stable(Expr.product(Expr.of(2), number, half), small);
                Expr others = sum.minus(number).minus(term);
                return Optional.of(others.isZero() ? squared : plus(List.of(squared, stable(others, small))));
            }
        }
        return Optional.empty();
    }

    /** sin²(u) − sin²(v) cos²(u)/cos²(v) → sin(u − v) sin(u + v)/cos²(v), which keeps its digits if u is close to v. */
    private static Optional<Expr> angleDifference(Sum sum) {
        if (sum.terms().size() != 2) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            if (sum.terms().get(i) instanceof Power(Apply(Elementary sine, List<Expr> angle), Expr two)
                    && sine == Elementary.SIN
                    && two.equals(Expr.of(2))) {
                Expr u = angle.getFirst();
                Expr other = sum.terms().get(1 - i);
                Optional<Expr> v = squaredTangent(other.over(Expr.cos(u).pow(2)).times(Expr.of(-1)));
                if (v.isPresent()) {
                    Expr below = new Power(Expr.cos(v.get()), Expr.of(-2));
                    return Optional.of(times(List.of(Expr.sin(u.minus(v.get())), Expr.sin(u.plus(v.get())), below)));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns v if the expression is sin²(v)/cos²(v). */
    private static Optional<Expr> squaredTangent(Expr e) {
        return e.children().stream()
                .filter(factor -> factor instanceof Power(Apply(Elementary sine, List<Expr> angle), Expr two)
                        && sine == Elementary.SIN
                        && two.equals(Expr.of(2)))
                .map(factor -> ((Apply) ((Power) factor).base()).arguments().getFirst())
                .filter(v -> Expr.sin(v).pow(2).over(Expr.cos(v).pow(2)).equals(e))
                .findFirst();
    }

    /** sin(u)/cos(u) → tan(u), quotients of exponentials → forms that do not overflow; other factors one by one. */
    private static Expr ofProduct(List<Expr> factors, List<Symbol> small) {
        Optional<List<Expr>> bounded = BoundedQuotients.of(factors);
        if (bounded.isPresent()) {
            return times(
                    bounded.get().stream().map(factor -> stable(factor, small)).toList());
        }
        for (Expr factor : factors) {
            if (factor instanceof Apply a && a.function() == Elementary.SIN) {
                Expr cosine = Expr.cos(a.argument());
                if (factors.contains(cosine.pow(-1))) {
                    List<Expr> others = new ArrayList<>(factors);
                    others.remove(factor);
                    others.remove(cosine.pow(-1));
                    others.add(new Apply(Elementary.TAN, a.argument()));
                    return ofProduct(others, small);
                }
            }
        }
        return times(factors.stream().map(factor -> stable(factor, small)).toList());
    }

    private static Expr ofApplication(Apply a, List<Symbol> small) {
        if (a.function() == Elementary.LOG
                && a.argument() instanceof Sum sum
                && sum.terms().getFirst().isOne()) {
            return inComplements(sum, small)
                    .<Expr>map(vanishing -> new Apply(Elementary.LOG, vanishing))
                    .or(() -> softplus(sum.minus(Expr.ONE), small))
                    .orElseGet(() -> new Apply(Elementary.LOG1P, stable(sum.minus(Expr.ONE), small)));
        }
        if (a.function() == Elementary.LOG
                && a.argument() instanceof Apply cosh
                && cosh.function() == Elementary.COSH) {
            return logOfCosh(stable(cosh.argument(), small));
        }
        return new Apply(
                a.function(), a.arguments().stream().map(u -> stable(u, small)).toList());
    }

    /** log(1 + c exp(u)) → max(w, 0) + log1p(exp(−|w|)) with w = u + log c. */
    private static Optional<Expr> softplus(Expr rest, List<Symbol> small) {
        Term term = Term.of(rest);
        if (term.coefficient().signum() <= 0
                || !(term.rest() instanceof Apply exponential)
                || exponential.function() != Elementary.EXP) {
            return Optional.empty();
        }
        Expr w = stable(exponential.argument().plus(Expr.log(Expr.of(term.coefficient()))), small);
        Expr size = new Apply(Elementary.ABS, w);
        Expr falling = new Apply(Elementary.EXP, times(List.of(Expr.of(-1), size)));
        return Optional.of(
                plus(List.of(new Apply(Elementary.MAX, List.of(w, Expr.ZERO)), new Apply(Elementary.LOG1P, falling))));
    }

    /**
     * log(cosh(u)) → log1p(2 sinh²(u/2)) near 0 and |u| − log 2 + log1p(exp(−2|u|)) beyond, where cosh may overflow.
     */
    private static Expr logOfCosh(Expr u) {
        Expr size = new Apply(Elementary.ABS, u);
        Expr half = new Apply(Elementary.SINH, times(List.of(Expr.HALF, u)));
        Expr near = new Apply(Elementary.LOG1P, times(List.of(Expr.of(2), new Power(half, Expr.of(2)))));
        Expr falling = new Apply(Elementary.EXP, times(List.of(Expr.of(-2), size)));
        Expr far = plus(List.of(
                size,
                times(List.of(Expr.of(-1), new Apply(Elementary.LOG, Expr.of(2)))),
                new Apply(Elementary.LOG1P, falling)));
        return new Choice(new Condition(Condition.Relation.POSITIVE, plus(List.of(size, Expr.of(-1)))), far, near);
    }

    private static Expr power(Expr base, int exponent) {
        return switch (exponent) {
            case 0 -> Expr.ONE;
            case 1 -> base;
            default -> new Power(base, Expr.of(exponent));
        };
    }

    private static Expr plus(List<Expr> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Sum(terms);
    }

    /** Returns a flat product with one numeric coefficient, otherwise unchanged. */
    private static Expr times(List<Expr> factors) {
        Rational coefficient = Rational.ONE;
        List<Expr> others = new ArrayList<>();
        for (Expr factor : factors) {
            for (Expr inner : Term.factorsOf(factor)) {
                switch (inner) {
                    case Num n -> coefficient = coefficient.times(n.value());
                    case Power(Product(List<Expr> signed), Num n)
                    when n.value().isInteger()
                            && signed.size() == 2
                            && signed.getFirst().equals(Expr.of(-1)) -> {
                        coefficient = n.value().isEven() ? coefficient : coefficient.negate();
                        others.add(new Power(signed.get(1), n));
                    }
                    case Expr e -> others.add(e);
                }
            }
        }
        if (others.isEmpty()) {
            return new Num(coefficient);
        }
        if (!coefficient.isOne()) {
            others.addFirst(new Num(coefficient));
        }
        return others.size() == 1 ? others.getFirst() : new Product(others);
    }
}
