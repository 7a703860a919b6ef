package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;

/** a c + b c → (a + b) c, for powers that all terms of a sum have in common; an exponential counts as one factor. */
final class CommonFactor {
    private CommonFactor() {}

    static Optional<Expr> of(Expr e) {
        if (!(e instanceof Sum sum)) {
            return Optional.empty();
        }
        Map<Expr, Rational> common = powers(sum.terms().getFirst());
        for (Expr term : sum.terms().subList(1, sum.terms().size())) {
            Map<Expr, Rational> powers = powers(term);
            common.keySet().retainAll(powers.keySet());
            common.replaceAll((base, n) -> lesser(n, powers.getOrDefault(base, n)));
        }
        if (common.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> factors = new ArrayList<>();
        common.forEach((base, n) -> factors.add(Expr.power(base, Expr.of(n))));
        Expr factor = Expr.product(factors);
        List<Expr> rest = sum.terms().stream().map(term -> term.over(factor)).toList();
        return Optional.of(factor.times(Expr.sum(rest)));
    }

    private static Rational lesser(Rational a, Rational b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Map<Expr, Rational> powers(Expr term) {
        Map<Expr, Rational> powers = new LinkedHashMap<>();
        for (Expr factor : Term.factorsOf(Term.of(term).rest())) {
            switch (factor) {
                case Num one -> {}
                case Power(Expr base, Num n) when !(base instanceof Num) -> powers.put(base, n.value());
                case Expr other -> powers.put(other, Rational.ONE);
            }
        }
        return powers;
    }
}
