package org.sdescript.algebra.rule;

import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.RuleTable;

/** The list of all rules. */
public final class AllRules implements RuleTable {

    @Override
    public List<Rule<Sum>> sums() {
        return List.of(new AddSquaresOfSineAndCosine());
    }

    @Override
    public List<Rule<Product>> products() {
        return List.of(new MergeExponentials(), new MergeRootsOfNumbers());
    }

    @Override
    public List<Rule<Power>> powers() {
        return List.of(
                new RaisePower(),
                new RaiseProduct(),
                new RationaliseDenominator(),
                new TakeContentOutOfPower(),
                new RaiseNumberToExpression());
    }

    @Override
    public List<Rule<Apply>> functions() {
        return List.of(
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
    }

    @Override
    public List<Rule<Choice>> choices() {
        return List.of(new DecideCondition(), new DropRepeatedCondition());
    }
}
