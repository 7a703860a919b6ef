package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/** The shortest of several forms: as it is, multiplied out, over a common denominator, and as powers of 1 − exp(u). */
public final class Simplification {
    /** Each choice moved outwards doubles the remaining work. */
    private static final int MOST_CHOICES = 4;

    private Simplification() {}

    public static Expr of(Expr given) {
        Expr e = withoutNestedFractions(given);
        List<Expr> forms = new ArrayList<>();
        Expr expanded = Expansion.of(e);
        forms.add(expanded);
        forms.add(e);
        forms.add(overCommonDenominator(distributed(e)));
        CommonFactor.of(expanded).ifPresent(forms::add);
        CollectByFactor.of(expanded).ifPresent(forms::add);
        forms.add(withCommonFactors(e));
        branchwise(e).ifPresent(forms::add);
        for (Symbol symbol : expanded.symbols()) {
            ExponentialPolynomial.of(expanded, symbol)
                    .flatMap(Simplification::asPowerOfComplement)
                    .ifPresent(forms::add);
        }
        return shortest(forms);
    }

    /** Returns the shortest form, the first of equal length. */
    public static Expr shortest(List<Expr> forms) {
        return forms.stream().min(Comparator.comparingInt(Simplification::size)).orElseThrow();
    }

    /** 1/(1 + 1/c) → c/(1 + c). */
    private static Expr withoutNestedFractions(Expr e) {
        Expr inner = e.mapChildren(Simplification::withoutNestedFractions);
        return inner instanceof Power(Sum s, Num n) && isWholeBelow(n) && hasDenominator(s)
                ? Expr.power(overCommonDenominator(s), n)
                : inner;
    }

    private static boolean hasDenominator(Sum s) {
        return s.terms().stream()
                .flatMap(term -> Term.factorsOf(term).stream())
                .anyMatch(factor -> factor instanceof Power(Expr base, Num n) && isWholeBelow(n));
    }

    private static boolean isWholeBelow(Num n) {
        return n.value().isSmallInteger() && n.value().signum() < 0;
    }

    /** a (b c + b d) → a b (c + d). */
    private static Expr withCommonFactors(Expr e) {
        return Expr.product(Term.factorsOf(e).stream()
                .map(factor -> CommonFactor.of(factor).orElse(factor))
                .toList());
    }

    /** ½ + where(c, a, b) → where(c, ½ + a, ½ + b); any other surrounding expression likewise. */
    private static Optional<Expr> branchwise(Expr e) {
        if (e instanceof Choice || choices(e) > MOST_CHOICES) {
            return Optional.empty();
        }
        return firstChoice(e)
                .map(choice -> Expr.choice(
                        choice.condition(),
                        of(e.replace(choice, choice.then())),
                        of(e.replace(choice, choice.otherwise()))));
    }

    private static int choices(Expr e) {
        return (e instanceof Choice ? 1 : 0)
                + e.children().stream().mapToInt(Simplification::choices).sum();
    }

    private static Optional<Choice> firstChoice(Expr e) {
        return e instanceof Choice choice
                ? Optional.of(choice)
                : e.children().stream()
                        .flatMap(child -> firstChoice(child).stream())
                        .findFirst();
    }

    /** Simplifies under assumptions, which remove absolute values and allow roots to be taken. */
    public static Expr of(Expr e, Assumptions assumptions) {
        return Refinement.of(of(Refinement.of(e, assumptions)), assumptions);
    }

    /** Returns √e with perfect squares taken out. */
    public static Expr sqrt(Expr e, Assumptions assumptions) {
        return Refinement.of(Expr.sqrt(e), assumptions);
    }

    /** r (a + b) → r a + r b without expanding r first, so that r may cancel: (1 − t)² (1/(1 − t) − 1). */
    private static Expr distributed(Expr e) {
        for (Expr factor : Term.factorsOf(e)) {
            if (factor instanceof Sum sum && e != sum) {
                Expr others = e.over(sum);
                return Expr.sum(sum.terms().stream().map(others::times).toList());
            }
        }
        return e;
    }

    /** a + b/c → (a c + b)/c. */
    private static Expr overCommonDenominator(Expr e) {
        Map<Expr, Integer> powers = new LinkedHashMap<>();
        for (Expr term : Term.termsOf(e)) {
            for (Expr factor : Term.factorsOf(term)) {
                if (factor instanceof Power(Expr base, Num n) && isWholeBelow(n)) {
                    powers.merge(base, -n.value().intValue(), Math::max);
                }
            }
        }
        Expr denominator = Expr.ONE;
        for (Map.Entry<Expr, Integer> power : powers.entrySet()) {
            denominator = denominator.times(power.getKey().pow(power.getValue()));
        }
        Expr scale = denominator;
        Expr numerator = Expr.sum(Term.termsOf(e).stream().map(scale::times).toList());
        return Expansion.of(numerator).over(denominator);
    }

    /** 1 − 2E + E² → (1 − E)², with a common factor. */
    private static Optional<Expr> asPowerOfComplement(ExponentialPolynomial polynomial) {
        List<Expr> d = polynomial.inComplement();
        int only = -1;
        for (int j = 0; j < d.size(); j++) {
            if (!d.get(j).isZero()) {
                if (only >= 0) {
                    return Optional.empty();
                }
                only = j;
            }
        }
        if (only < 1) {
            return Optional.empty();
        }
        Expr complement = Expr.ONE.minus(Expr.exp(polynomial.u()));
        Expr scale = Expr.exp(polynomial.u().times(Expr.of(polynomial.lowest())));
        return Optional.of(Expr.product(scale, d.get(only), complement.pow(only)));
    }

    private static int size(Expr e) {
        int own = e instanceof Num || e instanceof Power ? 0 : 1;
        return own + e.children().stream().mapToInt(Simplification::size).sum() + (e instanceof Num ? 1 : 0);
    }
}
