package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Sums whose terms nearly cancel, in forms without cancellation: √a − √b → (a − b)/(√a + √b), log a − log b → log1p((a
 * − b)/b), a² − b² → (a − b)(a + b), 1 − tanh u → 2/(exp(2u) + 1), cosh u − 1 → 2 sinh²(u/2), t² − 2t + 1 → (t − 1)².
 */
final class StableDifferences {
    private StableDifferences() {}

    /** A form whose parts are not yet stable, and the function that assembles the stable parts to factors. */
    record Form(List<Expr> parts, UnaryOperator<List<Expr>> assemble) {
        Expr map(UnaryOperator<Expr> stable) {
            List<Expr> factors = assemble.apply(parts.stream().map(stable).toList());
            return factors.size() == 1 ? factors.getFirst() : new Product(factors);
        }
    }

    static Optional<Form> of(Sum sum) {
        return sum.terms().size() == 2 ? ofTwo(sum.terms()).or(() -> repeatedRoots(sum)) : repeatedRoots(sum);
    }

    private static Optional<Form> ofTwo(List<Expr> terms) {
        boolean firstFalls = isNegative(terms.get(0));
        Expr p = terms.get(firstFalls ? 1 : 0);
        Expr q = terms.get(firstFalls ? 0 : 1);
        if (isNegative(p) || !isNegative(q)) {
            return hyperbolic(p, q);
        }
        Expr less = q.negate();
        return hyperbolic(p, q)
                .or(() -> roots(p, less))
                .or(() -> squares(p, less))
                .or(() -> logarithms(p, less));
    }

    private static boolean isNegative(Expr term) {
        return Term.of(term).coefficient().signum() < 0;
    }

    /** Rewrites p − q for p, q ≥ 0: two roots, or a root and a number. */
    private static Optional<Form> roots(Expr p, Expr q) {
        boolean rooted = isRoot(p) && (isRoot(q) || q instanceof Num) || isRoot(q) && p instanceof Num;
        if (!rooted || !Sign.isNonNegative(p) || !Sign.isNonNegative(q)) {
            return Optional.empty();
        }
        Expr difference = Expansion.of(p.pow(2).minus(q.pow(2)));
        return Optional.of(new Form(
                List.of(difference, p, q),
                stable -> List.of(stable.get(0), new Power(new Sum(stable.subList(1, 3)), Expr.of(-1)))));
    }

    private static boolean isRoot(Expr term) {
        return Term.factorsOf(term).stream()
                .anyMatch(f -> f instanceof Power(Expr base, Expr n) && n.equals(Expr.HALF));
    }

    private static Optional<Form> squares(Expr p, Expr q) {
        return root(p).flatMap(x -> root(q).map(y -> new Form(List.of(x.minus(y), x.plus(y)), stable -> stable)));
    }

    /** Returns x with x² = e if e is visibly a square. */
    private static Optional<Expr> root(Expr e) {
        return switch (e) {
            case Num n when Expr.sqrt(n) instanceof Num root -> Optional.of(root);
            case Power(Expr base, Num n)
            when n.value().isEven() && n.value().signum() > 0 -> Optional.of(Expr.power(base, n.times(Expr.HALF)));
            case Expr other -> Optional.empty();
        };
    }

    /** Rewrites log a − log b, but only where a ≥ b or a ≤ b is certain: log1p(u) itself loses digits near u = −1. */
    private static Optional<Form> logarithms(Expr p, Expr q) {
        Term left = Term.of(p);
        Term right = Term.of(q);
        if (!left.coefficient().equals(right.coefficient())
                || !(left.rest() instanceof Apply a && a.function() == Elementary.LOG)
                || !(right.rest() instanceof Apply b && b.function() == Elementary.LOG)) {
            return Optional.empty();
        }
        Expr u = a.argument();
        Expr v = b.argument();
        Expr difference = Expansion.of(u.minus(v));
        Assumptions defined = defined(u).and(defined(v));
        if (Sign.isNonNegative(difference, defined)) {
            return Optional.of(logarithm(left.coefficient(), difference, v));
        }
        return Sign.isNonNegative(difference.negate(), defined)
                ? Optional.of(logarithm(left.coefficient().negate(), difference.negate(), u))
                : Optional.empty();
    }

    private static Assumptions defined(Expr argument) {
        return argument instanceof Symbol s ? Assumptions.positive(s) : Assumptions.NONE;
    }

    private static Form logarithm(Rational coefficient, Expr difference, Expr below) {
        return new Form(List.of(difference, below), stable -> {
            Expr ratio = new Product(List.of(stable.get(0), new Power(stable.get(1), Expr.of(-1))));
            return scaled(coefficient, List.of(new Apply(Elementary.LOG1P, ratio)));
        });
    }

    private static List<Expr> scaled(Rational coefficient, List<Expr> factors) {
        List<Expr> all = new ArrayList<>(factors);
        if (!coefficient.isOne()) {
            all.addFirst(new Num(coefficient));
        }
        return all;
    }

    /** Rewrites c ± c tanh(u) and c cosh(u) − c. */
    private static Optional<Form> hyperbolic(Expr p, Expr q) {
        Expr number = p instanceof Num ? p : q;
        Expr other = p instanceof Num ? q : p;
        if (!(number instanceof Num(Rational c))
                || !(Term.of(other) instanceof Term(Rational k, Apply a))
                || !k.abs().equals(c.abs())) {
            return Optional.empty();
        }
        if (a.function() == Elementary.TANH && c.signum() > 0) {
            Expr twice = a.argument().times(Expr.of(k.equals(c) ? -2 : 2));
            return Optional.of(new Form(
                    List.of(Expr.exp(twice)),
                    stable -> List.of(
                            Expr.of(c.times(Rational.of(2))),
                            new Power(new Sum(List.of(Expr.ONE, stable.getFirst())), Expr.of(-1)))));
        }
        if (a.function() == Elementary.COSH && k.equals(c.negate())) {
            Expr half = Expr.apply(Elementary.SINH, a.argument().times(Expr.HALF));
            return Optional.of(new Form(
                    List.of(half),
                    stable -> List.of(Expr.of(k.times(Rational.of(2))), new Power(stable.getFirst(), Expr.of(2)))));
        }
        return Optional.empty();
    }

    /** Factors a polynomial with multiple roots: near such a root the terms cancel in value and in slope. */
    private static Optional<Form> repeatedRoots(Sum sum) {
        if (sum.symbols().size() != 1) {
            return Optional.empty();
        }
        Optional<Polynomial> p =
                Polynomial.of(sum, sum.symbols().iterator().next()).filter(its -> its.isRational() && its.degree() > 1);
        return p.map(Factorization::of)
                .filter(found -> found.factors().stream().anyMatch(factor -> factor.power() > 1))
                .map(found -> new Form(
                        found.factors().stream()
                                .map(factor -> factor.base().toExpr())
                                .toList(),
                        stable -> raised(found, stable)));
    }

    private static List<Expr> raised(Factorization found, List<Expr> bases) {
        List<Expr> factors = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            int power = found.factors().get(i).power();
            factors.add(power == 1 ? bases.get(i) : new Power(bases.get(i), Expr.of(power)));
        }
        return scaled(((Num) found.leading()).value(), factors);
    }
}
