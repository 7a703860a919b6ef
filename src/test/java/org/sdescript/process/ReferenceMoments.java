package org.sdescript.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The moments of dx = (a x + c) dt + g dw by Gauss's rule alone: Φ = exp ∫a, m = ∫ c(s) Φ(t)/Φ(s) ds, v = ∫ g(s)²
 * (Φ(t)/Φ(s))² ds. All terms of v are positive, so its relative error is a few roundings plus the error of the rule.
 *
 * @param offsetSize ∫ |c| Φ(t)/Φ(s), the scale for the error of m
 */
record ReferenceMoments(double map, double offset, double offsetSize, double variance) {
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(12);

    /** Halvings of the interval towards 0, where roots and logarithms of t have no Taylor series. */
    private static final int GRADES = 36;

    private static final int PIECES = 6;

    static ReferenceMoments of(
            DoubleUnaryOperator a,
            DoubleUnaryOperator c,
            DoubleUnaryOperator g,
            double from,
            double t,
            Collection<Double> kinks) {
        List<Double> edges = edges(from, t, kinks);
        double later = 0;
        double offset = 0;
        double offsetSize = 0;
        double variance = 0;
        for (int i = edges.size() - 1; i > 0; i--) {
            double low = edges.get(i - 1);
            double high = edges.get(i);
            for (int j = 0; j < RULE.getNumberOfPoints(); j++) {
                double s = low + (high - low) * (1 + RULE.getPoint(j)) / 2;
                double weight = RULE.getWeight(j) * (high - low) / 2;
                double ratio = Math.exp(later + integral(a, s, high));
                double term = weight * c.applyAsDouble(s) * ratio;
                offset += term;
                offsetSize += Math.abs(term);
                double noise = g.applyAsDouble(s) * ratio;
                variance += weight * noise * noise;
            }
            later += integral(a, low, high);
        }
        return new ReferenceMoments(Math.exp(later), offset, offsetSize, variance);
    }

    private static double integral(DoubleUnaryOperator f, double from, double to) {
        double total = 0;
        for (int j = 0; j < RULE.getNumberOfPoints(); j++) {
            total += RULE.getWeight(j) * f.applyAsDouble(from + (to - from) * (1 + RULE.getPoint(j)) / 2);
        }
        return total * (to - from) / 2;
    }

    private static List<Double> edges(double from, double t, Collection<Double> kinks) {
        TreeSet<Double> edges = new TreeSet<>(List.of(from, t));
        kinks.stream().filter(kink -> kink > from && kink < t).forEach(edges::add);
        for (int k = 1; k <= GRADES; k++) {
            edges.add(from + (t - from) * Math.scalb(1.0, -k));
        }
        for (int i = 1; i < 4 * PIECES; i++) {
            edges.add(from + (t - from) * i / (4 * PIECES));
        }
        return new ArrayList<>(edges);
    }
}
