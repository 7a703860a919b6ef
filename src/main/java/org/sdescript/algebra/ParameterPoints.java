package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.sdescript.algebra.Expr.Parameter;

/**
 * Points at which a formula with parameters of several numbers is checked by numbers: each parameter at its smallest,
 * at its largest and, if 0 is among its numbers, at 0, the others within their ranges. A formula that fails at one of
 * these points does not hold for all numbers of the parameter.
 */
public final class ParameterPoints {
    private ParameterPoints() {}

    /**
     * Returns substitutions that leave no parameter of several numbers; the identity alone if the expressions have no
     * such parameter. The expressions name no functions.
     */
    public static List<UnaryOperator<Expr>> of(Expr... expressions) {
        Set<Parameter> several = new LinkedHashSet<>();
        for (Expr e : expressions) {
            several.addAll(e.severalParameters());
        }
        List<UnaryOperator<Expr>> points = new ArrayList<>(List.of(UnaryOperator.identity()));
        for (Parameter p : several) {
            points.addAll(of(p));
        }
        return points;
    }

    /** Returns the substitutions of numbers that the parameter has; none if they are not known. */
    public static List<UnaryOperator<Expr>> of(Parameter p) {
        return DoubleStream.concat(DoubleStream.of(p.low(), p.high()), zero(p))
                .filter(Double::isFinite)
                .distinct()
                .mapToObj(number -> substitution(p, number))
                .toList();
    }

    private static DoubleStream zero(Parameter p) {
        boolean has = p.owner() instanceof ParameterNumbers its
                && DoubleStream.of(its.numbers()).anyMatch(number -> number == 0);
        return has ? DoubleStream.of(0) : DoubleStream.empty();
    }

    private static UnaryOperator<Expr> substitution(Parameter p, double number) {
        Parameter one = new Parameter(p.name(), number, p.owner());
        return e -> e.replace(p, one);
    }

    /** Returns a symbol for each parameter of several numbers. */
    static Map<Parameter, Expr.Symbol> symbols(Expr... expressions) {
        Map<Parameter, Expr.Symbol> symbols = new LinkedHashMap<>();
        for (Expr e : expressions) {
            for (Parameter p : e.severalParameters()) {
                symbols.computeIfAbsent(p, its -> Expr.symbol(its.name() + " " + symbols.size()));
            }
        }
        return symbols;
    }
}
