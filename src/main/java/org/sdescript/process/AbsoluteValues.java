package org.sdescript.process;

import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Interval;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Sign;

/** Resolves |u(t)|, as logarithmic integrals produce it, by the sign of u over a time domain. */
final class AbsoluteValues {
    private static final int POINTS = 64;

    private AbsoluteValues() {}

    static Expr resolved(Expr e, Symbol t, TimeDomain domain) {
        Expr inner = e.mapChildren(child -> resolved(child, t, domain));
        if (!(inner instanceof Apply a)
                || a.function() != Elementary.ABS
                || a.symbols().stream().anyMatch(s -> !s.equals(t))) {
            return inner;
        }
        if (a.hasSeveral()) {
            return ofSeveral(a, t, domain);
        }
        Evaluation u = Evaluation.of(a.argument(), t);
        boolean positive = true;
        boolean negative = true;
        // the ends are excluded: u may vanish there
        for (int i = 1; i < POINTS; i++) {
            double value = u.at(domain.from() + (domain.to() - domain.from()) * i / POINTS);
            positive &= value >= 0;
            negative &= value <= 0;
        }
        return positive ? a.argument() : negative ? a.argument().negate() : inner;
    }

    /** Resolves |u| if the sign of u is proved for all numbers of its parameters. */
    private static Expr ofSeveral(Apply a, Symbol t, TimeDomain domain) {
        Expr u = a.argument();
        Assumptions inside = Assumptions.in(t, Interval.of(Rational.of(domain.from()), Rational.of(domain.to())));
        return Sign.isNonNegative(u, inside) ? u : Sign.isNonNegative(u.negate(), inside) ? u.negate() : a;
    }
}
