package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;

/**
 * 1 − E − 16 t E → 1 − E (1 + 16 t): the terms of a sum, grouped by the exponentials and denominators that they share.
 */
final class CollectByFactor {
    private CollectByFactor() {}

    /** Returns the grouped sum; empty if no two terms share a factor, or if all terms share the same. */
    static Optional<Expr> of(Expr e) {
        if (!(e instanceof Sum sum)) {
            return Optional.empty();
        }
        Map<Expr, List<Expr>> groups = new LinkedHashMap<>();
        for (Expr term : sum.terms()) {
            Expr shared = shared(term);
            groups.computeIfAbsent(shared, key -> new ArrayList<>()).add(term.over(shared));
        }
        if (groups.size() == 1 || groups.size() == sum.terms().size()) {
            return Optional.empty();
        }
        return Optional.of(Expr.sum(groups.entrySet().stream()
                .map(group -> group.getKey().times(Expr.sum(group.getValue())))
                .toList()));
    }

    /** Returns the denominators of a term, or its exponentials if it has no denominator. */
    private static Expr shared(Expr term) {
        List<Expr> factors = Term.factorsOf(term);
        List<Expr> below = factors.stream()
                .filter(factor ->
                        factor instanceof Power(Sum s, Num n) && n.value().signum() < 0)
                .toList();
        return Expr.product(
                below.isEmpty()
                        ? factors.stream()
                                .filter(factor -> factor instanceof Apply a && a.function() == Elementary.EXP)
                                .toList()
                        : below);
    }
}
