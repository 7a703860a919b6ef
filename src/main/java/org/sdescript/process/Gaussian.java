package org.sdescript.process;

import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;

/** A normal density, the same for every component: its label, such as x(1), its mean and its variance. */
public record Gaussian(String label, Expr mean, Expr variance) {
    /** The prior as a user gives it. */
    public static Gaussian of(String label, double mean, double std) {
        return new Gaussian(label, Expr.of(mean), Expr.of(std).pow(2));
    }

    public Expr std() {
        return Simplification.sqrt(variance, Assumptions.NONE);
    }

    public double meanValue() {
        return Evaluation.of(mean);
    }

    public double stdValue() {
        return Evaluation.of(std());
    }

    @Override
    public String toString() {
        return label + " ~ N( " + Text.of(mean) + ", " + Text.of(variance) + " )";
    }
}
