package org.sdescript.process;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.DecimalEvaluation;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.ParameterPoints;
import org.sdescript.algebra.Text;

/**
 * Moments for computation: each entry is a formula or a table. The terms of a formula may cancel: for dx = −x dt + t²
 * dw the variance at 1e-4 is 2e-21, a difference of terms of size 1. Each formula is compared with its own value in
 * many digits, over the time domain and close to its start; where digits are lost, the table of its differential
 * equation is used if the table is more accurate.
 */
final class NumericMoments {
    /** The relative error up to which a formula is as good as a table. */
    private static final double FINE = 1e-12;

    /** The relative error up to which a formula may be used that no table can replace: that of sixteen roundings. */
    private static final double ROUGH = 0x1p-20;

    /** Digits carried at first and at most; cancellation loses some of them. */
    private static final int DIGITS = 40;

    private static final int MOST_DIGITS = 640;

    /** Decades below the length of the time domain, with two points in each, and points between its ends. */
    private static final int DECADES = 12;

    private static final int UNIFORM = 11;

    /** The width of the first panel of a table of values, as a share of the whole. */
    private static final double FIRST = 0x1p-44;

    /** The name of a table for computation, which is never shown. */
    private static final String SAMPLED = "f";

    private final Symbol t;
    private final double from;
    private final double to;
    private final List<Double> times = new ArrayList<>();

    NumericMoments(Symbol t, double from, double to) {
        this.t = t;
        this.from = from;
        this.to = to;
        for (int k = 2 * DECADES; k > 0; k--) {
            times.add(from + (to - from) * Math.pow(10, -k / 2.0));
        }
        for (int i = 1; i <= UNIFORM; i++) {
            times.add(i == UNIFORM ? to : from + (to - from) * (i - 0.382) / UNIFORM);
        }
    }

    /**
     * Returns the more accurate of formula and table for each entry.
     *
     * @param tables the same moments as tables, computed only if a formula loses digits
     */
    Moments of(Moments formulas, Supplier<Optional<Moments>> tables) {
        Lazy<Optional<Moments>> later = Lazy.of(tables);
        return new Moments(
                Matrix.of(
                        formulas.map().height(),
                        formulas.map().width(),
                        (i, j) -> better(formulas.map().at(i, j), false, () -> later.value()
                                .map(its -> its.map().at(i, j)))),
                java.util.stream.IntStream.range(0, formulas.offset().size())
                        .mapToObj(i -> better(formulas.offset().get(i), true, () -> later.value()
                                .map(its -> its.offset().get(i))))
                        .toList(),
                Matrix.of(
                        formulas.covariance().height(),
                        formulas.covariance().width(),
                        (i, j) -> better(formulas.covariance().at(i, j), false, () -> later.value()
                                .map(its -> its.covariance().at(i, j)))));
    }

    /**
     * Returns the formula, or the table if it is more accurate.
     *
     * @param crosses true for a function that may pass through 0, where its relative error is meaningless
     */
    Expr better(Expr formula, boolean crosses, Supplier<Optional<Expr>> table) {
        if (formula.isFreeOf(t)
                || formula instanceof Expr.Tabulated
                || formula.symbols().size() != 1) {
            return formula;
        }
        Map<Double, Double> exact = new HashMap<>();
        double error = error(formula, formula, crosses, exact);
        if (error <= FINE) {
            return formula;
        }
        return table.get()
                .filter(other -> error(other, formula, crosses, exact) < error)
                .or(() -> sampled(formula).filter(other -> error(other, formula, crosses, exact) < error))
                .orElse(formula);
    }

    /**
     * Returns the formulas of parameters of several numbers, which no table can replace; throws if one loses more digits
     * than float32 has, at a time of the process and some of its numbers.
     *
     * @param first the first time of the process
     */
    Moments required(Moments formulas, double first) {
        times.removeIf(time -> time < first);
        formulas.entries().distinct().forEach(formula -> {
            for (UnaryOperator<Expr> point : ParameterPoints.of(formula.expandCalls())) {
                if (loses(point.apply(formula.expandCalls()), formulas.offset().contains(formula))) {
                    throw SeveralNumbers.refusal(
                                    "the moment " + Text.of(formula) + " of the transition",
                                    formula.severalParameters())
                            .note("its terms cancel for some of the numbers, so few digits of their sum are right")
                            .help(SeveralNumbers.ONE)
                            .raise();
                }
            }
        });
        return formulas;
    }

    /**
     * True if a value is wrong by more than a few roundings of float32: of an offset, which is added to the state, relative
     * to its largest value, else to itself.
     */
    private boolean loses(Expr formula, boolean isOffset) {
        if (formula.isFreeOf(t) || formula.symbols().size() != 1) {
            return false;
        }
        Evaluation f = Evaluation.of(formula, t);
        Map<Double, Double> exact = new HashMap<>();
        times.forEach(time -> exact(formula, time, f.at(time), exact));
        double largest = exact.values().stream().mapToDouble(Math::abs).max().orElse(0);
        return exact.entrySet().stream().anyMatch(each -> {
            double size = isOffset ? largest : Math.abs(each.getValue());
            return !(Math.abs(f.at(each.getKey()) - each.getValue()) <= ROUGH * size);
        });
    }

    /** Tabulates the formula's own values; empty if the formula has no value at some time. */
    private Optional<Expr> sampled(Expr formula) {
        try {
            double begin = from == 0 ? to * FIRST : from;
            return Optional.of(new Expr.Tabulated(
                    SAMPLED,
                    0,
                    LinearOdeSeries.sampled(
                            time -> exact(formula, time, Double.NaN, new HashMap<>())
                                    .orElseThrow(() -> new ArithmeticException("no value at t = " + time)),
                            begin,
                            to,
                            (to - from) * FIRST),
                    t));
        } catch (ArithmeticException none) {
            return Optional.empty();
        }
    }

    /**
     * Returns the largest relative error at the times at which the formula has a value; infinite if the function has
     * none there.
     */
    private double error(Expr function, Expr formula, boolean crosses, Map<Double, Double> exact) {
        Evaluation f = Evaluation.of(function, t);
        double worst = 0;
        double largest = 0;
        for (double time : times) {
            double value = f.at(time);
            Optional<Double> right = exact(formula, time, value, exact);
            if (right.isEmpty()) {
                continue;
            }
            largest = Math.max(largest, Math.abs(right.get()));
            double size = crosses ? largest : Math.abs(right.get());
            double error = Math.abs(value - right.get());
            if (error > FINE * size || Double.isNaN(error)) {
                worst = Math.max(worst, Double.isNaN(error) || size == 0 ? Double.POSITIVE_INFINITY : error / size);
            }
        }
        return worst;
    }

    /**
     * Returns the formula's value to full double precision: digits are doubled until two values agree. Empty if there
     * is none.
     */
    private Optional<Double> exact(Expr formula, double time, double near, Map<Double, Double> known) {
        Double found = known.get(time);
        if (found != null) {
            return Optional.of(found);
        }
        Map<Symbol, BigDecimal> at = Map.of(t, new BigDecimal(time));
        double before = near;
        for (int digits = DIGITS; digits <= MOST_DIGITS; digits *= 2) {
            double value;
            try {
                value = DecimalEvaluation.of(formula, at, digits).doubleValue();
            } catch (ArithmeticException none) {
                return Optional.empty();
            }
            // if all digits cancel, 0 may come out repeatedly
            if (value != 0 && Math.abs(value - before) <= FINE / 4 * Math.abs(value)) {
                known.put(time, value);
                return Optional.of(value);
            }
            before = value;
        }
        return Optional.empty();
    }
}
