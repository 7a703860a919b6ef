package org.sdescript.algebra;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/**
 * Applies the rewrites of canonical form. A rule builds its result with the canonical factories, which apply the rules
 * again, so a finished rewrite is a fixed point.
 */
final class Rules {
    private static final RuleTable TABLE = ServiceLoader.load(RuleTable.class, RuleTable.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("META-INF/services names no table of rules"));

    static final List<Rule<Sum>> OF_SUMS = TABLE.sums();
    static final List<Rule<Product>> OF_PRODUCTS = TABLE.products();
    static final List<Rule<Power>> OF_POWERS = TABLE.powers();
    static final List<Rule<Apply>> OF_FUNCTIONS = TABLE.functions();
    static final List<Rule<Choice>> OF_CHOICES = TABLE.choices();

    private Rules() {}

    static Expr rewrite(Sum node) {
        return rewrite(node, Assumptions.NONE);
    }

    static Expr rewrite(Sum node, Assumptions under) {
        return first(OF_SUMS, node, under);
    }

    static Expr rewrite(Product node) {
        return rewrite(node, Assumptions.NONE);
    }

    static Expr rewrite(Product node, Assumptions under) {
        return first(OF_PRODUCTS, node, under);
    }

    static Expr rewrite(Power node) {
        return rewrite(node, Assumptions.NONE);
    }

    static Expr rewrite(Power node, Assumptions under) {
        return first(OF_POWERS, node, under);
    }

    static Expr rewrite(Apply node) {
        return rewrite(node, Assumptions.NONE);
    }

    static Expr rewrite(Apply node, Assumptions under) {
        return first(OF_FUNCTIONS, node, under);
    }

    static Expr rewrite(Choice node) {
        return rewrite(node, Assumptions.NONE);
    }

    static Expr rewrite(Choice node, Assumptions under) {
        return first(OF_CHOICES, node, under);
    }

    private static <N extends Expr> Expr first(List<Rule<N>> rules, N node, Assumptions under) {
        for (Rule<N> rule : rules) {
            Optional<Expr> result = rule.apply(node, under);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return node;
    }
}
