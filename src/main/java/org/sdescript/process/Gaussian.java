package org.sdescript.process;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.process.explain.Notation;

/**
 * A normal density of the states, the same for every component of the data.
 *
 * @param states the states that it is a law of
 * @param time the time at which it holds
 * @param mean one for each state
 * @param covariance states × states
 */
public record Gaussian(List<Symbol> states, Expr time, List<Expr> mean, Matrix covariance) {
    public Gaussian {
        states = List.copyOf(states);
        mean = List.copyOf(mean);
    }

    static Gaussian at(List<Symbol> states, double time, List<Expr> mean, Matrix covariance) {
        return new Gaussian(states, Expr.of(time), mean, covariance);
    }

    /** Creates the law of independent states from their means and standard deviations. */
    static Gaussian independent(List<Symbol> states, double time, List<Expr> means, List<Expr> stds) {
        Matrix covariance = Matrix.of(
                stds.size(), stds.size(), (i, j) -> i == j ? stds.get(i).pow(2) : Expr.ZERO);
        return at(states, time, means, covariance);
    }

    public boolean isScalar() {
        return mean.size() == 1;
    }

    /** Returns the standard deviation of a single state. */
    public Expr std() {
        return Simplification.sqrt(covariance.at(0, 0), Assumptions.NONE);
    }

    /** Returns the parameters that the mean and the covariance name. */
    public Stream<Expr.Parameter> parameters() {
        return Stream.concat(mean.stream(), covariance.rows().stream().flatMap(List::stream))
                .flatMap(e -> e.parameters().stream())
                .distinct();
    }

    public double[] meanValues() {
        return mean.stream().mapToDouble(Evaluation::of).toArray();
    }

    public double[][] covarianceValues() {
        return covariance.rows().stream()
                .map(row -> row.stream().mapToDouble(Evaluation::of).toArray())
                .toArray(double[][]::new);
    }

    public String latex() {
        return LawText.of(this, Notation.LATEX);
    }

    @Override
    public String toString() {
        return LawText.of(this, Notation.TEXT);
    }
}
