package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * The samplers of stdlib as recursions, for data of N(μ, s²), where each step is affine. Written from the papers with a
 * process's numbers; no code is shared with stdlib.
 */
final class AffineSampling {
    private final ScalarLaw law;
    private final double mean;
    private final double std;
    private final int length;
    private int drawn;

    /** @param draws largest number of noises that a run draws */
    AffineSampling(ScalarLaw law, double mean, double std, int draws) {
        this.law = law;
        this.mean = mean;
        this.std = std;
        this.length = draws + 2;
    }

    /** A step from x at t to s, and the mean that it returns. */
    record Step(LinearForm next, LinearForm mean) {}

    interface Predictor {
        Step step(LinearForm x, double t, double s);
    }

    private LinearForm start() {
        drawn = 0;
        return LinearForm.unit(1, length);
    }

    private LinearForm draw() {
        return LinearForm.unit(2 + drawn++, length);
    }

    private double a(double t) {
        return law.a().applyAsDouble(t);
    }

    private double m(double t) {
        return law.m().applyAsDouble(t);
    }

    private double v(double t) {
        return law.v().applyAsDouble(t);
    }

    /** −(x − a μ − m)/(a² s² + v). */
    private LinearForm score(LinearForm x, double t) {
        double spread = a(t) * a(t) * std * std + v(t);
        return x.plus(-a(t) * mean - m(t)).times(-1 / spread);
    }

    private LinearForm drift(LinearForm x, double t) {
        return x.times(law.f().applyAsDouble(t)).plus(law.c().applyAsDouble(t));
    }

    private LinearForm velocity(LinearForm x, double t) {
        return drift(x, t).minus(score(x, t).times(law.rate().applyAsDouble(t) / 2));
    }

    private LinearForm clean(LinearForm x, double t) {
        return x.plus(score(x, t).times(v(t))).plus(-m(t)).times(1 / a(t));
    }

    double[] uniformGrid(int steps) {
        double[] times = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            times[i] = law.tMax() + (law.tMin() - law.tMax()) * i / steps;
        }
        return times;
    }

    /** The result of a predictor over the grid, corrected before each step; the last step has no noise. */
    LinearForm sampled(Predictor predictor, int steps, double snr) {
        double[] times = uniformGrid(steps);
        LinearForm x = start();
        LinearForm out = x;
        for (int i = 0; i < steps; i++) {
            x = snr == 0 ? x : langevin(x, times[i], snr);
            Step step = predictor.step(x, times[i], times[i + 1]);
            x = step.next();
            out = step.mean();
        }
        return out;
    }

    private LinearForm langevin(LinearForm x, double t, double snr) {
        return x.plus(score(x, t).times(2 * snr * snr * v(t))).plus(draw().times(2 * snr * Math.sqrt(v(t))));
    }

    Step eulerMaruyama(LinearForm x, double t, double s) {
        double g = law.rate().applyAsDouble(t);
        LinearForm mean = x.plus(drift(x, t).minus(score(x, t).times(g)).times(s - t));
        return new Step(mean.plus(draw().times(Math.sqrt(g * (t - s)))), mean);
    }

    Step odeEuler(LinearForm x, double t, double s) {
        LinearForm next = x.plus(velocity(x, t).times(s - t));
        return new Step(next, next);
    }

    Step odeHeun(LinearForm x, double t, double s) {
        LinearForm ahead = x.plus(velocity(x, t).times(s - t));
        LinearForm next = x.plus(velocity(x, t).plus(velocity(ahead, s)).times((s - t) / 2));
        return new Step(next, next);
    }

    /** x(t) = A x(s) + m + √V z. */
    Step reverseDiffusion(LinearForm x, double t, double s) {
        double map = a(t) / a(s);
        double noise = v(t) - map * map * v(s);
        LinearForm mean =
                x.times(2 - map).plus(map * m(s) - m(t)).plus(score(x, t).times(noise));
        return new Step(mean.plus(draw().times(Math.sqrt(noise))), mean);
    }

    /** Ho et al. 2020, eq. 7: the mean of x(s) given x(t) and x(0), and its variance v(s) V/v(t). */
    Step ancestral(LinearForm x, double t, double s) {
        double map = a(t) / a(s);
        double noise = v(t) - map * map * v(s);
        LinearForm clean = clean(x, t);
        LinearForm mean = clean.times(a(s) - map * v(s) / v(t) * a(t))
                .plus(m(s) - map * v(s) / v(t) * m(t))
                .plus(x.times(map * v(s) / v(t)));
        return new Step(mean.plus(draw().times(Math.sqrt(v(s) * noise / v(t)))), mean);
    }

    /** Song, Meng and Ermon 2021, eq. 12: signal, direction to x(t), noise. */
    Predictor ddim(double eta) {
        return (x, t, s) -> {
            double map = a(t) / a(s);
            double fresh = eta * eta * v(s) * (v(t) - map * map * v(s)) / v(t);
            LinearForm clean = clean(x, t);
            LinearForm noise = x.minus(clean.times(a(t)).plus(m(t))).times(1 / Math.sqrt(v(t)));
            LinearForm mean = clean.times(a(s)).plus(m(s)).plus(noise.times(Math.sqrt(v(s) - fresh)));
            return new Step(eta == 0 ? mean : mean.plus(draw().times(Math.sqrt(fresh))), mean);
        };
    }

    /**
     * Lu et al. 2022, algorithm 2 and, with noise, eq. 18; order 3 integrates the quadratic polynomial by Simpson's
     * rule. The order falls if a step is more than twice as long as the one before, and to 1 in a last step longer than
     * 1.
     */
    Predictor multistep(int order, boolean stochastic) {
        List<LinearForm> values = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        return (x, t, s) -> {
            values.addFirst(clean(x, t));
            places.addFirst(-Math.log(law.sigma(t)));
            double h = -Math.log(law.sigma(s)) - places.getFirst();
            List<LinearForm> points = new ArrayList<>(values);
            List<Double> at = new ArrayList<>(places);
            if (order == 3 && points.size() == 1) {
                points.add(clean(exponential(x, points.getFirst(), t, s, stochastic), s));
                at.add(-Math.log(law.sigma(s)));
            }
            int known = trusted(at, h, Math.min(order, points.size()), s <= law.tMin() * (1 + 1e-9));
            LinearForm clean = effective(points.subList(0, known), at.subList(0, known), h, stochastic ? 2 : 1);
            LinearForm mean = exponential(x, clean, t, s, stochastic);
            double fresh = v(s) * -Math.expm1(-2 * h);
            return new Step(stochastic ? mean.plus(draw().times(Math.sqrt(fresh))) : mean, mean);
        };
    }

    private static int trusted(List<Double> at, double h, int known, boolean last) {
        if (known > 1 && (last && h > 1 || h > 2 * Math.abs(at.get(0) - at.get(1)))) {
            return 1;
        }
        return known == 3 && at.get(0) - at.get(1) > 2 * (at.get(1) - at.get(2)) ? 2 : known;
    }

    /** Keeps the part σₛ/σₜ (times e⁻ʰ with noise) of the noise in x. */
    private LinearForm exponential(LinearForm x, LinearForm clean, double t, double s, boolean stochastic) {
        double left = Math.sqrt(v(s) / v(t));
        double kept = stochastic ? left * law.sigma(s) / law.sigma(t) : left;
        return clean.times(a(s))
                .plus(m(s))
                .plus(x.minus(clean.times(a(t)).plus(m(t))).times(kept));
    }

    private static LinearForm effective(List<LinearForm> points, List<Double> at, double h, double rate) {
        if (points.size() == 1) {
            return points.getFirst();
        }
        if (points.size() == 2) {
            return polynomial(points, at, at.getFirst() + h / 2);
        }
        int panels = 2000;
        LinearForm total = points.getFirst().times(0);
        double weights = 0;
        for (int i = 0; i <= panels; i++) {
            double u = h * i / panels;
            double simpson = i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2;
            double weight = simpson * Math.exp(-rate * (h - u));
            total = total.plus(polynomial(points, at, at.getFirst() + u).times(weight));
            weights += weight;
        }
        return total.times(1 / weights);
    }

    /** Lagrange's interpolation polynomial. */
    private static LinearForm polynomial(List<LinearForm> points, List<Double> at, double u) {
        LinearForm total = points.getFirst().times(0);
        for (int i = 0; i < points.size(); i++) {
            double factor = 1;
            for (int j = 0; j < points.size(); j++) {
                factor *= i == j ? 1 : (u - at.get(j)) / (at.get(i) - at.get(j));
            }
            total = total.plus(points.get(i).times(factor));
        }
        return total;
    }

    /** Karras et al. 2022, algorithm 2, in y = (x − m)/a with noise σ; the last step goes to σ = 0. */
    LinearForm karrasHeun(int steps, double churn, double noise) {
        double[] times = uniformGrid(steps - 1);
        LinearForm y = start().plus(-m(law.tMax())).times(1 / a(law.tMax()));
        for (int i = 0; i < steps; i++) {
            double share = Math.min(churn / steps, Math.sqrt(2) - 1);
            double t = churn == 0 ? times[i] : timeOf(law.sigma(times[i]) * (1 + share));
            double sigma = law.sigma(t);
            if (t > times[i]) {
                double before = law.sigma(times[i]);
                y = y.plus(draw().times(noise * Math.sqrt(sigma * sigma - before * before)));
            }
            LinearForm slope = y.minus(cleanUnscaled(y, t)).times(1 / sigma);
            if (i == steps - 1) {
                return y.minus(slope.times(sigma));
            }
            double next = law.sigma(times[i + 1]);
            LinearForm ahead = y.plus(slope.times(next - sigma));
            LinearForm second = ahead.minus(cleanUnscaled(ahead, times[i + 1])).times(1 / next);
            y = y.plus(slope.plus(second).times((next - sigma) / 2));
        }
        throw new IllegalStateException("no step");
    }

    private LinearForm cleanUnscaled(LinearForm y, double t) {
        return clean(y.times(a(t)).plus(m(t)), t);
    }

    /** Inverts σ(t) by bisection; never later than the end. */
    private double timeOf(double sigma) {
        double low = law.tMin();
        double high = law.tMax();
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (law.sigma(middle) < sigma) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Song and Ermon 2019, algorithm 1, with steps of the size α = step · v. */
    LinearForm annealedLangevin(int levels, int steps, double step) {
        LinearForm x = start();
        for (double t : uniformGrid(levels - 1)) {
            for (int k = 0; k < steps; k++) {
                double alpha = step * v(t);
                x = x.plus(score(x, t).times(alpha / 2)).plus(draw().times(Math.sqrt(alpha)));
            }
        }
        return x;
    }

    LinearForm langevinDynamics(int steps, double step) {
        LinearForm x = start();
        for (int k = 0; k < steps; k++) {
            x = x.plus(score(x, law.tMin()).times(step / 2)).plus(draw().times(Math.sqrt(step)));
        }
        return x;
    }

    /** Kutta's method of order 4. */
    LinearForm rungeKutta(int steps) {
        double[] times = uniformGrid(steps);
        LinearForm x = start();
        for (int i = 0; i < steps; i++) {
            double t = times[i];
            double h = times[i + 1] - t;
            LinearForm a = velocity(x, t);
            LinearForm b = velocity(x.plus(a.times(h / 2)), t + h / 2);
            LinearForm c = velocity(x.plus(b.times(h / 2)), t + h / 2);
            LinearForm d = velocity(x.plus(c.times(h)), t + h);
            x = x.plus(a.plus(b.times(2)).plus(c.times(2)).plus(d).times(h / 6));
        }
        return x;
    }
}
