package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;

/** Transitions of generated coefficients against {@link ReferenceMoments}, which shares no code with them. */
class GeneratedTransitionsTest {
    private static final int CASES = Integer.getInteger("sde.transitions", 150);
    private static final int FIRST = Integer.getInteger("sde.transitions.first", 0);

    /** The documented accuracy of derived moments. */
    private static final double RELATIVE = 1e-10;

    private static final double[] TIMES = {1e-6, 1e-4, 0.013, 0.21, 0.77, 1};
    private static final Expr X = Expr.symbol("x");

    @Test
    void moments_hold_ten_digits_at_every_time() {
        List<String> wrong = new ArrayList<>();
        double worst = 0;
        int closed = 0;
        for (int seed = FIRST; seed < FIRST + CASES; seed++) {
            Random random = new Random(seed);
            random.nextInt();
            boolean plain = random.nextBoolean();
            Coefficient slope = plain ? Coefficient.plain(random) : Coefficient.of(random, 1);
            Coefficient noise = plain ? Coefficient.plain(random) : Coefficient.of(random, 1);
            Coefficient moved = plain ? Coefficient.plain(random) : Coefficient.of(random, 0);
            boolean drifts = random.nextInt(4) == 0;
            double sign = random.nextInt(4) == 0 ? 1 : -1;
            double end = random.nextInt(3) == 0 ? 2 : 1;
            Expr drift = Expr.of(sign).times(slope.formula()).times(X).plus(drifts ? moved.formula() : Expr.ZERO);
            String name = "seed " + seed + ": dx = (" + drift + ") dt + (" + noise.formula() + ") dw, t to " + end;
            List<Double> kinks = new ArrayList<>(slope.kinks());
            kinks.addAll(noise.kinks());
            kinks.addAll(moved.kinks());
            try {
                long before =
                        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                Process p = Process.scalar("P", Coefficient.T, 1e-6, end, (Expr.Symbol) X, drift, noise.formula());
                Transition transition = p.transition();
                closed += transition.isNumeric() ? 0 : 1;
                Evaluation map = Evaluation.of(transition.meanCoefficient(), Coefficient.T);
                Evaluation offset = Evaluation.of(transition.offset(), Coefficient.T);
                Evaluation variance = Evaluation.of(transition.variance(), Coefficient.T);
                if (System.getProperty("sde.transitions.slow") != null
                        && java.lang.management.ManagementFactory.getThreadMXBean()
                                                .getCurrentThreadCpuTime()
                                        - before
                                > 4e8) {
                    System.out.println((java.lang.management.ManagementFactory.getThreadMXBean()
                                                    .getCurrentThreadCpuTime()
                                            - before)
                                    / 1000000
                            + " ms " + name);
                }
                for (double share : TIMES) {
                    double t = share * end;
                    ReferenceMoments exact = ReferenceMoments.of(
                            s -> sign * slope.number().applyAsDouble(s),
                            s -> drifts ? moved.number().applyAsDouble(s) : 0,
                            noise.number(),
                            0,
                            t,
                            kinks);
                    double error = Math.max(
                            Math.abs(map.at(t) / exact.map() - 1),
                            Math.max(
                                    exact.offsetSize() == 0
                                            ? 0
                                            : Math.abs(offset.at(t) - exact.offset()) / exact.offsetSize(),
                                    Math.abs(variance.at(t) / exact.variance() - 1)));
                    worst = Math.max(worst, error);
                    if (!(error <= RELATIVE)) {
                        wrong.add(name + " at " + t + ": " + map.at(t) + ", " + offset.at(t) + ", " + variance.at(t)
                                + " for " + exact + (transition.isNumeric() ? " in numbers" : " closed"));
                        break;
                    }
                }
            } catch (RuntimeException failure) {
                wrong.add(name + ": " + failure);
            }
        }
        System.out.println(CASES + " transitions, " + closed + " closed, worst " + worst);
        assertThat(wrong).as("%s of %s", wrong.size(), CASES).isEmpty();
    }
}
