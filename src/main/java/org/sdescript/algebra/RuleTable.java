package org.sdescript.algebra;

import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/**
 * The rewrites of canonical form, by type of node; the first that applies wins. A service that is loaded before the
 * first expression is built: rules build expressions, and expressions apply rules, so this package does not name the rules.
 */
public interface RuleTable {
    List<Rule<Sum>> sums();

    List<Rule<Product>> products();

    List<Rule<Power>> powers();

    List<Rule<Apply>> functions();

    List<Rule<Choice>> choices();
}
