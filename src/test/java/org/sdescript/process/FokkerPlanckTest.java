package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Exact densities solve ∂p/∂t + ∇·(f p) ∓ ½ ∇∇:(GGᵀ p) = 0, of the process (−) and of everything derived from it (+ where time runs
 * backwards). All derivatives are exact, so that the residual is rounding only: some hundred operations of 1e-16, which 1e-9 of the
 * terms' size allows for even where the terms cancel in themselves.
 */
class FokkerPlanckTest {
    private static final double TOLERANCE = 1e-9;

    /**
     * A density, written in parameters that are functions of time to keep it small: the chain rule gives its change.
     *
     * @param parameters each parameter's value at a time
     */
    private record Law(Expr density, Map<Symbol, Expr> parameters) {
        static Law of(Expr density) {
            return new Law(density, Map.of());
        }

        /** Stands for the derivative of a parameter. */
        static Symbol rate(Symbol parameter) {
            return Expr.symbol(parameter.name() + "̇");
        }

        /** The terms of ∂p/∂t. */
        List<Expr> change() {
            List<Expr> terms = new ArrayList<>(List.of(Derivative.of(density, T)));
            parameters.keySet().forEach(q -> terms.add(Derivative.of(density, q).times(rate(q))));
            return terms;
        }

        /** Parameters and their rates, in the order of their values. */
        List<Symbol> symbols() {
            List<Symbol> symbols = new ArrayList<>(parameters.keySet());
            parameters.keySet().forEach(q -> symbols.add(rate(q)));
            return symbols;
        }

        /** Each point (t, states) with the values of parameters and rates after it. */
        double[][] complete(double[][] points) {
            List<Evaluation> values = Stream.concat(
                            parameters.values().stream(),
                            parameters.values().stream().map(value -> Derivative.of(value, T)))
                    .map(value -> Evaluation.of(value, T))
                    .toList();
            return Arrays.stream(points)
                    .map(point -> DoubleStream.concat(
                                    Arrays.stream(point), values.stream().mapToDouble(value -> value.at(point[0])))
                            .toArray())
                    .toArray(double[][]::new);
        }
    }

    @Test
    void gaussian_mixtures_follow_linear_processes_and_what_is_derived_of_them() {
        for (Process p : List.of(
                Processes.vp(), Processes.subVp(), Processes.ve(), Processes.ornsteinUhlenbeck(), Processes.cosine())) {
            Transition transition = p.transition();
            Expr mixture = marginal(transition, -1, 0.3)
                    .plus(marginal(transition, 2, 0.5).times(Expr.of(2)));
            solved(p, Law.of(mixture), 0.05, -2, 2);
        }
    }

    /** From x(0) ~ N(mean, std²). */
    private static Expr marginal(Transition transition, double mean, double std) {
        Expr phi = transition.meanCoefficient();
        Expr center = phi.times(Expr.of(mean)).plus(transition.offset());
        return density(X.minus(center), phi.pow(2).times(Expr.of(std * std)).plus(transition.variance()));
    }

    /** Two states, of a mixture of two correlated Gaussians; of Turning the moments are tables. */
    @TestFactory
    Stream<DynamicTest> mixtures_follow_systems_and_what_is_derived_of_them() {
        List<double[]> means = List.of(new double[] {0.5, -0.3}, new double[] {-1, 0.2});
        return Stream.of(Systems.cld(), Systems.paced(), Systems.shared(), Systems.turning())
                .map(p -> DynamicTest.dynamicTest(p.name(), () -> solved(p, marginal(p, means), 0.05, -1.5, 1.5)));
    }

    /** Of equal parts N(mean, C) with C = (0.3, 0.1; 0.1, 0.5): each becomes N(Φ mean + m, Φ C Φᵀ + Σ). */
    private static Law marginal(Process p, List<double[]> means) {
        Moments moments = p.transition().shown();
        Matrix map = moments.map();
        Matrix start = new Matrix(List.of(List.of(Expr.of(0.3), Expr.of(0.1)), List.of(Expr.of(0.1), Expr.of(0.5))));
        Matrix covariance = map.times(start).times(map.transposed()).plus(moments.covariance());
        Map<Symbol, Expr> parameters = new LinkedHashMap<>();
        Expr a = named("a", covariance.at(0, 0), parameters);
        Expr b = named("b", covariance.at(0, 1), parameters);
        Expr d = named("d", covariance.at(1, 1), parameters);
        Expr determinant = a.times(d).minus(b.pow(2));
        List<Expr> parts = new ArrayList<>();
        for (double[] mean : means) {
            List<Expr> moved = map.times(List.of(Expr.of(mean[0]), Expr.of(mean[1])));
            Expr x = deviation(p, moved, 0, parts.size(), parameters);
            Expr v = deviation(p, moved, 1, parts.size(), parameters);
            Expr form = Expr.sum(List.of(d.times(x.pow(2)), Expr.product(Expr.of(-2), b, x, v), a.times(v.pow(2))));
            parts.add(Expr.exp(form.over(determinant).times(Expr.ratio(-1, 2))).over(Expr.sqrt(determinant)));
        }
        return new Law(Expr.sum(parts), parameters);
    }

    private static Expr deviation(Process p, List<Expr> moved, int state, int part, Map<Symbol, Expr> parameters) {
        Expr centre = moved.get(state).plus(p.transition().shown().offset().get(state));
        return p.states().get(state).minus(named("m" + state + part, centre, parameters));
    }

    private static Symbol named(String name, Expr value, Map<Symbol, Expr> parameters) {
        Symbol symbol = Expr.symbol(name);
        parameters.put(symbol, value);
        return symbol;
    }

    private static Expr density(Expr deviation, Expr variance) {
        Expr exponent = deviation.pow(2).over(variance).times(Expr.ratio(-1, 2));
        return Expr.exp(exponent).over(Expr.sqrt(variance));
    }

    /** The log-normal law of dx = μ x dt + σ x dw for log x(0) ~ N(0.2, 0.3²). */
    @Test
    void the_log_normal_law_follows_geometric_brownian_motion_and_what_is_derived_of_it() {
        Expr mu = Expr.of(0.1);
        Expr sigma = Expr.of(0.5);
        Expr center = mu.minus(sigma.pow(2).times(Expr.HALF)).times(T).plus(Expr.of(0.2));
        Expr variance = sigma.pow(2).times(T).plus(Expr.of(0.09));
        Expr law = density(Expr.log(X).minus(center), variance).over(X);
        solved(Processes.process("GeometricBrownian", mu.times(X), sigma.times(X)), Law.of(law), 0.05, 0.3, 4);
    }

    /** The test can fail: noise on top of the flow spreads the law. */
    @Test
    void a_wrong_drift_leaves_a_residual() {
        Process p = Processes.vp();
        Process flow = Reversal.flow(p);
        Process wrong = flow.with(flow.drift(), p.noises(), p.diffusion(), false);
        double[][] points = {{0.3, 0.7}};
        assertThat(residuals(wrong, Law.of(marginal(p.transition(), 1, 0.5)), points)[0])
                .isGreaterThan(1e-3);
    }

    /** And it can fail for systems: the reverse of CLD with the score's share of the flow. */
    @Test
    void a_wrong_share_of_the_score_leaves_a_residual() {
        Process p = Systems.cld();
        Process wrong = Reversal.flow(p).with(Reversal.flow(p).drift(), p.noises(), p.diffusion(), true);
        Law law = marginal(p, List.of(new double[] {1, 0}));
        double[][] points = law.complete(new double[][] {{0.3, 0.7, -0.2}});
        assertThat(residuals(wrong, law, points)[0]).isGreaterThan(1e-3);
    }

    private static void solved(Process p, Law law, double earliest, double low, double high) {
        List<Process> all = new ArrayList<>(List.of(p, Reversal.reverse(p), Reversal.flow(p)));
        for (Expr lambda : List.of(Expr.HALF, Expr.of(2), T.plus(Expr.ONE))) {
            all.add(Reversal.reverse(p, lambda));
        }
        double[][] points = law.complete(points(p.states().size(), earliest, low, high));
        for (Process derived : all) {
            for (double residual : residuals(derived, law, points)) {
                assertThat(residual).as("%s of %s", derived, p.name()).isLessThan(TOLERANCE);
            }
        }
    }

    private static double[][] points(int states, double earliest, double low, double high) {
        Random random = new Random(7);
        double[][] points = new double[8][states + 1];
        for (double[] point : points) {
            point[0] = random.nextDouble(earliest, 0.9);
            for (int i = 1; i <= states; i++) {
                point[i] = random.nextDouble(low, high);
            }
        }
        return points;
    }

    /** At each (t, states, parameters, rates), relative to the sizes of the terms. */
    private static double[] residuals(Process p, Law law, double[][] points) {
        List<Symbol> symbols = new ArrayList<>(List.of(T));
        symbols.addAll(p.states());
        symbols.addAll(law.symbols());
        List<Evaluation> terms = terms(p, law).stream()
                .map(term -> Evaluation.of(term, symbols.toArray(Symbol[]::new)))
                .toList();
        double[] residuals = new double[points.length];
        for (int k = 0; k < points.length; k++) {
            double[] point = points[k];
            double[] values = terms.stream().mapToDouble(term -> term.at(point)).toArray();
            residuals[k] = Math.abs(Arrays.stream(values).sum())
                    / Arrays.stream(values).map(Math::abs).sum();
        }
        return residuals;
    }

    private static List<Expr> terms(Process p, Law given) {
        Expr law = given.density();
        Expr half = p.reversed() ? Expr.HALF : Expr.HALF.negate();
        List<List<Expr>> rate = p.covarianceRate();
        List<Expr> terms = new ArrayList<>(given.change());
        for (int i = 0; i < p.states().size(); i++) {
            Symbol state = p.states().get(i);
            for (Expr current : currents(p, p.drift().get(i), law)) {
                terms.add(Derivative.of(current, state));
            }
            for (int j = 0; j < p.states().size(); j++) {
                Expr spread = rate.get(i).get(j).times(law).times(half);
                terms.add(Derivative.of(Derivative.of(spread, state), p.states().get(j)));
            }
        }
        return terms;
    }

    /** f p in parts: f is affine in the scores, and a score times p is the slope of p. */
    private static List<Expr> currents(Process p, Expr drift, Expr law) {
        Expr plain = drift;
        List<Expr> parts = new ArrayList<>();
        for (int j = 0; j < p.states().size(); j++) {
            Symbol score = p.scores().get(j);
            parts.add(Derivative.of(drift, score)
                    .times(Derivative.of(law, p.states().get(j))));
            plain = plain.with(score, Expr.ZERO);
        }
        parts.add(plain.times(law));
        return parts;
    }
}
