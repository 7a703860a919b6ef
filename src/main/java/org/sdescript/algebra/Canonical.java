package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.Condition.Relation;
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
 * Builds canonical form: sums and products are flattened, like terms and powers collected and sorted; then the rules of
 * {@link Rules} are applied until none matches. Products of sums stay as they are ({@link Expansion} multiplies them
 * out), but a number times a sum is distributed, so that a − (b + c) and a − b − c are the same expression.
 */
final class Canonical {
    /** Larger whole powers of numbers stay unevaluated, lest a formula's 2^1000000 fill the memory. */
    private static final int LARGEST_EXPONENT = 4096;

    private Canonical() {}

    static Expr sum(List<Expr> terms) {
        DerivationBudget.spend(terms.size());
        Map<Expr, Rational> collected = new LinkedHashMap<>();
        terms.forEach(term -> collect(term, Rational.ONE, collected));
        List<Expr> sorted = new ArrayList<>();
        collected.forEach((rest, coefficient) -> {
            if (!coefficient.isZero()) {
                sorted.add(new Term(coefficient, rest).toExpr());
            }
        });
        sorted.sort(CanonicalOrder.TERMS);
        return switch (sorted.size()) {
            case 0 -> Expr.ZERO;
            case 1 -> sorted.getFirst();
            default -> Rules.rewrite(new Sum(sorted));
        };
    }

    private static void collect(Expr term, Rational factor, Map<Expr, Rational> into) {
        Term split = Term.of(term);
        Rational coefficient = factor.times(split.coefficient());
        if (split.rest() instanceof Sum sum) {
            sum.terms().forEach(inner -> collect(inner, coefficient, into));
        } else {
            into.merge(split.rest(), coefficient, Rational::plus);
        }
    }

    static Expr product(List<Expr> factors) {
        DerivationBudget.spend(factors.size());
        Factors collected = new Factors();
        factors.forEach(collected::multiply);
        return collected.toExpr();
    }

    /** The factors of a product: base → exponent, and the numeric coefficient. */
    private static final class Factors {
        private Rational coefficient = Rational.ONE;
        private final Map<Expr, Expr> exponents = new LinkedHashMap<>();

        void multiply(Expr factor) {
            switch (factor) {
                case Num n -> coefficient = coefficient.times(n.value());
                case Product p -> p.factors().forEach(this::multiply);
                case Power p -> exponents.merge(p.base(), p.exponent(), Expr::plus);
                case Sum s -> {
                    Rational content = SumContent.content(s);
                    coefficient = coefficient.times(content);
                    exponents.merge(SumContent.scale(s, content.reciprocal()), Expr.ONE, Expr::plus);
                }
                case Constant c -> exponents.merge(c, Expr.ONE, Expr::plus);
                case Parameter p -> exponents.merge(p, Expr.ONE, Expr::plus);
                case Symbol s -> exponents.merge(s, Expr.ONE, Expr::plus);
                case Apply a -> exponents.merge(a, Expr.ONE, Expr::plus);
                case Call c -> exponents.merge(c, Expr.ONE, Expr::plus);
                case Choice c -> exponents.merge(c, Expr.ONE, Expr::plus);
                case Tabulated f -> exponents.merge(f, Expr.ONE, Expr::plus);
            }
        }

        Expr toExpr() {
            if (coefficient.isZero()) {
                return Expr.ZERO;
            }
            List<Expr> powers = new ArrayList<>();
            boolean changed = false;
            for (Map.Entry<Expr, Expr> factor : exponents.entrySet()) {
                Expr power = power(factor.getKey(), factor.getValue());
                changed |= power instanceof Product
                        || power instanceof Num n && !n.value().isOne();
                if (!power.isOne()) {
                    powers.add(power);
                }
            }
            if (changed) {
                powers.add(new Num(coefficient));
                return product(powers);
            }
            powers.sort(CanonicalOrder.FACTORS);
            return assemble(powers);
        }

        private Expr assemble(List<Expr> powers) {
            if (powers.isEmpty()) {
                return new Num(coefficient);
            }
            if (powers.size() == 1 && powers.getFirst() instanceof Sum s) {
                return SumContent.scale(s, coefficient);
            }
            if (powers.size() == 1 && coefficient.isOne()) {
                return powers.getFirst();
            }
            if (!coefficient.isOne()) {
                powers.addFirst(new Num(coefficient));
            }
            return Rules.rewrite(new Product(powers));
        }
    }

    static Expr power(Expr base, Expr exponent) {
        DerivationBudget.spend(1);
        if (exponent.isZero() || base.isOne()) {
            return Expr.ONE;
        }
        if (exponent.isOne()) {
            return base;
        }
        if (base instanceof Num b && exponent instanceof Num e) {
            return power(b.value(), e.value());
        }
        return Rules.rewrite(new Power(base, exponent));
    }

    private static Expr power(Rational base, Rational exponent) {
        if (base.isZero()) {
            if (exponent.signum() < 0) {
                throw new Undefined("division by zero");
            }
            return Expr.ZERO;
        }
        if (exponent.isInteger()) {
            return exponent.isSmallInteger()
                            && Math.abs(exponent.intValue()) <= LARGEST_EXPONENT
                            && base.isWritable(exponent.intValue())
                    ? new Num(base.pow(exponent.intValue()))
                    : new Power(new Num(base), new Num(exponent));
        }
        return RationalRoots.of(base, exponent);
    }

    static Expr apply(Elementary function, List<Expr> arguments) {
        DerivationBudget.spend(1);
        boolean symmetric = function == Elementary.MIN || function == Elementary.MAX;
        List<Expr> ordered =
                symmetric ? arguments.stream().sorted(CanonicalOrder.FACTORS).toList() : arguments;
        return Rules.rewrite(new Apply(function, ordered));
    }

    static Expr choice(Condition condition, Expr then, Expr otherwise) {
        Expr u = condition.of();
        if (u instanceof Num n) {
            return condition.relation().holds(n.value().signum()) ? then : otherwise;
        }
        if (then.equals(otherwise)) {
            return then;
        }
        Rational content =
                u instanceof Sum s ? SumContent.content(s) : Term.of(u).coefficient();
        Expr scaled = u.times(new Num(content.reciprocal()));
        Relation relation = condition.relation();
        // −v > 0 is "not v ≥ 0"
        boolean turned = content.signum() < 0 && relation != Relation.ZERO;
        Relation upright =
                !turned ? relation : relation == Relation.POSITIVE ? Relation.NON_NEGATIVE : Relation.POSITIVE;
        Condition plain = new Condition(upright, scaled);
        return Rules.rewrite(turned ? new Choice(plain, otherwise, then) : new Choice(plain, then, otherwise));
    }

    /**
     * Rebuilds a choice with changed parts. A branch that a decided condition excludes is not changed: the branch may
     * have no value.
     */
    static Expr choice(Choice choice, UnaryOperator<Expr> change) {
        Condition condition = choice.condition().map(change);
        if (condition.of() instanceof Num n) {
            return change.apply(condition.relation().holds(n.value().signum()) ? choice.then() : choice.otherwise());
        }
        return choice(condition, change.apply(choice.then()), change.apply(choice.otherwise()));
    }

    static Expr call(Definition definition, List<Expr> arguments, int order) {
        return new Call(definition, arguments, order);
    }
}
