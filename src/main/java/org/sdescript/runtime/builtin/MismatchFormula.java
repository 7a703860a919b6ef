package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Map;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;

/**
 * The mismatch of a prior as a tensor, for its derivative by the parameters of a process of one state. Along the
 * principal directions of the data, with variances λ, it is a sum of ½ (log P/(Φ²λ + v) + (Φ²λ + v)/P − 1), and of
 * ½ (Φμ + m − μ₀)²/P over the components of the mean. The states of a system are not independent of each other, so it has
 * no such sum.
 */
record MismatchFormula(Process process, Transition transition, Call call) {
    private static final Expr.Symbol LAMBDA = Expr.symbol("lambda");
    private static final Expr.Symbol MEAN = Expr.symbol("mean");

    MismatchFormula {
        if (process.states().size() != 1) {
            throw new IllegalArgumentException(
                    "a process of " + process.states().size() + " states");
        }
    }

    Value of(double[] mean, double[][] covariance) {
        Gaussian prior = process.prior();
        Expr scale = atEnd(transition.meanCoefficient());
        Expr variance = prior.covariance().at(0, 0);
        Expr spread = scale.pow(2).times(LAMBDA).plus(atEnd(transition.variance()));
        Expr distance = scale.times(MEAN)
                .plus(atEnd(transition.offset()))
                .minus(prior.mean().getFirst());
        Expr ofSpreads = Expr.log(variance.over(spread))
                .plus(spread.over(variance))
                .minus(Expr.ONE)
                .over(Expr.of(2));
        Expr ofMeans = distance.pow(2).over(variance).over(Expr.of(2));
        double[] variances = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(covariance)).getEigenvalues();
        Value nats = call.tensors()
                .binary(BinaryOperation.ADD, sum(ofSpreads, LAMBDA, variances), sum(ofMeans, MEAN, mean), call.span());
        return call.tensors().cast(nats, call.tensors().precision(), call.span());
    }

    private Expr atEnd(Expr e) {
        return e.with(process.time(), Expr.of(process.tMax()));
    }

    private Value sum(Expr term, Expr.Symbol symbol, double[] values) {
        Shape shape = Shape.of(values.length);
        Value each = call.tensors().literal(DType.FLOAT64, shape, values, call.span());
        Value terms = FormulaEvaluation.exactly(term, Map.of(symbol, each), call.tensors(), call.span());
        return call.tensors().reduce(Reduction.SUM, terms, List.of(0), false, call.span());
    }
}
