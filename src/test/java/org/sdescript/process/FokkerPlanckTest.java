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
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
 * Exact densities solve ∂p/∂t + ∇·(f p) ∓ ½ ∇∇:(GGᵀ p) = 0, for the process (−) and for every process derived from it
 * (+ where time runs backwards). All derivatives are exact, so the residual is rounding only: some hundred operations
 * of 1e-16. A tolerance of 1e-9 of the terms' size suffices even where the terms themselves cancel.
 */
class FokkerPlanckTest {
    private static final double TOLERANCE = 1e-9;
    private static final Symbol VALUE = Expr.symbol("p");

    /**
     * A density, written in parameters that are functions of time, which keeps it small: the chain rule gives its
     * change.
     *
     * @param parameters each parameter in terms of the entries
     * @param entries each entry of the moments at a time
     */
    private record Law(Expr density, Map<Symbol, Expr> parameters, Map<Symbol, Expr> entries) {
        static Law of(Expr density) {
            return new Law(density, Map.of(), Map.of());
        }

        /** Returns the symbol of the derivative of a parameter or entry. */
        static Symbol rate(Symbol parameter) {
            return Expr.symbol(parameter.name() + "̇");
        }

        private static List<Symbol> withRates(Map<Symbol, Expr> values) {
            return Stream.concat(
                            values.keySet().stream(), values.keySet().stream().map(Law::rate))
                    .toList();
        }

        private static List<Expr> withRates(Map<Symbol, Expr> values, UnaryOperator<Expr> rate) {
            return Stream.concat(
                            values.values().stream(), values.values().stream().map(rate))
                    .toList();
        }

        private Expr rateByEntries(Expr parameter) {
            return Expr.sum(entries.keySet().stream()
                    .map(entry -> Derivative.of(parameter, entry).times(rate(entry)))
                    .toList());
        }

        /** Returns the terms of ∂p/∂t. */
        List<Expr> change() {
            List<Expr> terms = new ArrayList<>(List.of(Derivative.of(density, T)));
            parameters.keySet().forEach(q -> terms.add(Derivative.of(density, q).times(rate(q))));
            return terms;
        }

        /** Returns p, ∂ᵢp and ∂ᵢ∂ⱼp, in the order of their symbols. */
        List<Expr> jet(List<Symbol> states) {
            List<Expr> jet = new ArrayList<>(List.of(density));
            states.forEach(x -> jet.add(Derivative.of(density, x)));
            for (Symbol x : states) {
                for (Symbol y : states) {
                    jet.add(Derivative.of(Derivative.of(density, x), y));
                }
            }
            return jet;
        }

        /** Samples the density, once for all processes that are checked against it. */
        Samples at(double[][] points, List<Symbol> states) {
            double[][] moments = values(withRates(entries, e -> Derivative.of(e, T)), points, List.of(T));
            double[][] complete =
                    joined(points, values(withRates(parameters, this::rateByEntries), moments, withRates(entries)));
            List<Symbol> symbols = new ArrayList<>(List.of(T));
            symbols.addAll(states);
            symbols.addAll(withRates(parameters));
            return new Samples(
                    joined(points, asTheyStand(jet(states), complete, symbols)),
                    asTheyStand(change(), complete, symbols));
        }
    }

    /**
     * The values of a density that the equation needs, at some points.
     *
     * @param points t, the states, and p with its derivatives by the states
     * @param changes the terms of ∂p/∂t
     */
    private record Samples(double[][] points, double[][] changes) {}

    private static double[][] values(List<Expr> expressions, double[][] points, List<Symbol> symbols) {
        return at(points, expressions, e -> Evaluation.of(e, symbols.toArray(Symbol[]::new)));
    }

    /** Evaluates without a search for stable forms, which is slow for densities and gains nothing at this tolerance. */
    private static double[][] asTheyStand(List<Expr> expressions, double[][] points, List<Symbol> symbols) {
        return at(points, expressions, e -> Evaluation.ofStable(e.expandCalls(), symbols.toArray(Symbol[]::new)));
    }

    private static double[][] at(double[][] points, List<Expr> expressions, Function<Expr, Evaluation> compiled) {
        List<Evaluation> evaluations = expressions.stream().map(compiled).toList();
        return Arrays.stream(points)
                .map(point -> evaluations.stream().mapToDouble(e -> e.at(point)).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] joined(double[][] left, double[][] right) {
        double[][] joined = new double[left.length][];
        Arrays.setAll(joined, k -> DoubleStream.concat(Arrays.stream(left[k]), Arrays.stream(right[k]))
                .toArray());
        return joined;
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

    /** Returns the marginal density for x(0) ~ N(mean, std²). */
    private static Expr marginal(Transition transition, double mean, double std) {
        Expr phi = transition.meanCoefficient();
        Expr center = phi.times(Expr.of(mean)).plus(transition.offset());
        return density(X.minus(center), phi.pow(2).times(Expr.of(std * std)).plus(transition.variance()));
    }

    /** Two states, from a mixture of two correlated Gaussians; the moments of Turning are tables. */
    @TestFactory
    Stream<DynamicTest> mixtures_follow_systems_and_what_is_derived_of_them() {
        List<double[]> means = List.of(new double[] {0.5, -0.3}, new double[] {-1, 0.2});
        return Stream.of(Systems.cld(), Systems.paced(), Systems.shared(), Systems.turning())
                .map(p -> DynamicTest.dynamicTest(p.name(), () -> solved(p, marginal(p, means), 0.05, -1.5, 1.5)));
    }

    /**
     * Returns the law of a mixture of equal parts N(mean, C) with C = (0.3, 0.1; 0.1, 0.5): each becomes N(Φ mean + m,
     * Φ C Φᵀ + Σ).
     */
    private static Law marginal(Process p, List<double[]> means) {
        Map<Symbol, Expr> entries = new LinkedHashMap<>();
        Moments moments = named(p.transition().shown(), entries);
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
            Expr x = deviation(p, moved, moments, 0, parts.size(), parameters);
            Expr v = deviation(p, moved, moments, 1, parts.size(), parameters);
            Expr form = Expr.sum(List.of(d.times(x.pow(2)), Expr.product(Expr.of(-2), b, x, v), a.times(v.pow(2))));
            parts.add(Expr.exp(form.over(determinant).times(Expr.ratio(-1, 2))).over(Expr.sqrt(determinant)));
        }
        return new Law(Expr.sum(parts), parameters, entries);
    }

    /** Replaces each moment that is not constant by a symbol. */
    private static Moments named(Moments moments, Map<Symbol, Expr> entries) {
        return moments.map(e -> e.isConstant() ? e : named("e" + entries.size(), e, entries));
    }

    private static Expr deviation(
            Process p, List<Expr> moved, Moments moments, int state, int part, Map<Symbol, Expr> parameters) {
        Expr centre = moved.get(state).plus(moments.offset().get(state));
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

    /** The test can fail: noise in addition to the flow spreads the law. */
    @Test
    void a_wrong_drift_leaves_a_residual() {
        Process p = Processes.vp();
        Process flow = Reversal.flow(p);
        Process wrong = flow.with(flow.drift(), p.noises(), p.diffusion(), false);
        Samples law = Law.of(marginal(p.transition(), 1, 0.5)).at(new double[][] {{0.3, 0.7}}, p.states());
        assertThat(residuals(wrong, law)[0]).isGreaterThan(1e-3);
    }

    /** The test can fail for systems, too: the reverse of CLD with the flow's share of the score. */
    @Test
    void a_wrong_share_of_the_score_leaves_a_residual() {
        Process p = Systems.cld();
        Process wrong = Reversal.flow(p).with(Reversal.flow(p).drift(), p.noises(), p.diffusion(), true);
        Samples law = marginal(p, List.of(new double[] {1, 0})).at(new double[][] {{0.3, 0.7, -0.2}}, p.states());
        assertThat(residuals(wrong, law)[0]).isGreaterThan(1e-3);
    }

    private static void solved(Process p, Law law, double earliest, double low, double high) {
        List<Process> all = new ArrayList<>(List.of(p, Reversal.reverse(p), Reversal.flow(p)));
        for (Expr lambda : List.of(Expr.HALF, Expr.of(2), T.plus(Expr.ONE))) {
            all.add(Reversal.reverse(p, lambda));
        }
        Samples samples = law.at(points(p.states().size(), earliest, low, high), p.states());
        for (Process derived : all) {
            for (double residual : residuals(derived, samples)) {
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

    /** Returns the residual at each point, relative to the sizes of the terms. */
    private static double[] residuals(Process p, Samples law) {
        List<Symbol> symbols = new ArrayList<>(List.of(T));
        symbols.addAll(p.states());
        symbols.add(VALUE);
        p.states().forEach(x -> symbols.add(slope(x)));
        p.states().forEach(x -> p.states().forEach(y -> symbols.add(curvature(x, y))));
        return Arrays.stream(joined(law.changes(), values(terms(p), law.points(), symbols)))
                .mapToDouble(terms -> Math.abs(Arrays.stream(terms).sum())
                        / Arrays.stream(terms).map(Math::abs).sum())
                .toArray();
    }

    private static Symbol slope(Symbol x) {
        return Expr.symbol("∂" + x.name() + " p");
    }

    private static Symbol curvature(Symbol x, Symbol y) {
        return Expr.symbol("∂" + x.name() + "∂" + y.name() + " p");
    }

    /** Returns the terms of ∇·(f p) ∓ ½ ∇∇:(GGᵀ p) for any p, by the product rule. */
    private static List<Expr> terms(Process p) {
        Expr half = p.reversed() ? Expr.HALF : Expr.HALF.negate();
        List<List<Expr>> rate = p.covarianceRate();
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < p.states().size(); i++) {
            Symbol x = p.states().get(i);
            terms.addAll(currents(p, p.drift().get(i), x));
            for (int j = 0; j < p.states().size(); j++) {
                Symbol y = p.states().get(j);
                Expr q = rate.get(i).get(j);
                List.of(
                                Derivative.of(Derivative.of(q, x), y).times(VALUE),
                                Derivative.of(q, x).times(slope(y)),
                                Derivative.of(q, y).times(slope(x)),
                                q.times(curvature(x, y)))
                        .forEach(term -> terms.add(term.times(half)));
            }
        }
        return terms;
    }

    /** Returns the terms of ∂ₓ(f p): f is affine in the scores, and a score times p is the slope of p. */
    private static List<Expr> currents(Process p, Expr drift, Symbol x) {
        Expr plain = drift;
        List<Expr> parts = new ArrayList<>();
        for (int j = 0; j < p.states().size(); j++) {
            Symbol score = p.scores().get(j);
            Symbol y = p.states().get(j);
            Expr share = Derivative.of(drift, score);
            parts.add(Derivative.of(share, x).times(slope(y)));
            parts.add(share.times(curvature(x, y)));
            plain = plain.with(score, Expr.ZERO);
        }
        parts.add(Derivative.of(plain, x).times(VALUE));
        parts.add(plain.times(slope(x)));
        return parts;
    }
}
