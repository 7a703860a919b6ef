package org.sdescript.algebra;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.rule.AddSquaresOfSineAndCosine;
import org.sdescript.algebra.rule.CancelExpOfLog;
import org.sdescript.algebra.rule.CancelLogOfExp;
import org.sdescript.algebra.rule.ChooseExtremum;
import org.sdescript.algebra.rule.DecideCondition;
import org.sdescript.algebra.rule.DropAbsoluteValue;
import org.sdescript.algebra.rule.DropRepeatedCondition;
import org.sdescript.algebra.rule.EvaluateAtNumbers;
import org.sdescript.algebra.rule.EvaluateAtRightAngles;
import org.sdescript.algebra.rule.MergeExponentials;
import org.sdescript.algebra.rule.MergeRootsOfNumbers;
import org.sdescript.algebra.rule.MoveSignOutOfFunction;
import org.sdescript.algebra.rule.RaiseNumberToExpression;
import org.sdescript.algebra.rule.RaisePower;
import org.sdescript.algebra.rule.RaiseProduct;
import org.sdescript.algebra.rule.RationaliseDenominator;
import org.sdescript.algebra.rule.ReduceLogOfNumber;
import org.sdescript.algebra.rule.SplitLogOfPower;
import org.sdescript.algebra.rule.SplitLogOfProduct;
import org.sdescript.algebra.rule.TakeContentOutOfPower;
import org.sdescript.algebra.rule.WriteTangentAsQuotient;

/**
 * The rewrites of canonical form, by type of node. A rule builds its result with the canonical factories, which apply
 * the rules again, so a finished rewrite is a fixed point.
 */
final class Rules {
    static final List<Rule<Sum>> OF_SUMS = List.of(new AddSquaresOfSineAndCosine());

    static final List<Rule<Product>> OF_PRODUCTS = List.of(new MergeExponentials(), new MergeRootsOfNumbers());

    static final List<Rule<Power>> OF_POWERS = List.of(
            new RaisePower(),
            new RaiseProduct(),
            new RationaliseDenominator(),
            new TakeContentOutOfPower(),
            new RaiseNumberToExpression());

    static final List<Rule<Apply>> OF_FUNCTIONS = List.of(
            new EvaluateAtNumbers(),
            new EvaluateAtRightAngles(),
            new CancelExpOfLog(),
            new CancelLogOfExp(),
            new SplitLogOfPower(),
            new SplitLogOfProduct(),
            new ReduceLogOfNumber(),
            new WriteTangentAsQuotient(),
            new DropAbsoluteValue(),
            new MoveSignOutOfFunction(),
            new ChooseExtremum());

    static final List<Rule<Choice>> OF_CHOICES = List.of(new DecideCondition(), new DropRepeatedCondition());

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
