package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/** The shortest of the forms a person would try: as it is, multiplied out, and as powers of 1 − exp(u). */
public final class Simplification {
    private Simplification() {}

    public static Expr of(Expr e) {
        List<Expr> forms = new ArrayList<>();
        Expr expanded = Expansion.of(e);
        forms.add(expanded);
        forms.add(e);
        for (Symbol symbol : expanded.symbols()) {
            Exponentials.of(expanded, symbol)
                    .flatMap(Simplification::asPowerOfComplement)
                    .ifPresent(forms::add);
        }
        return forms.stream().min(Comparator.comparingInt(Simplification::size)).orElseThrow();
    }

    /** The same under assumptions, which let absolute values go and roots be taken. */
    public static Expr of(Expr e, Assumptions assumptions) {
        return of(dropAbsoluteValues(e, assumptions));
    }

    /** √e with perfect squares taken out. */
    public static Expr sqrt(Expr e, Assumptions assumptions) {
        return dropAbsoluteValues(Expr.sqrt(e), assumptions);
    }

    private static Expr dropAbsoluteValues(Expr e, Assumptions assumptions) {
        Expr inner = e.mapChildren(child -> dropAbsoluteValues(child, assumptions));
        if (!(inner instanceof Apply a) || a.function() != Elementary.ABS) {
            return inner;
        }
        if (Sign.isNonNegative(a.argument(), assumptions)) {
            return a.argument();
        }
        return Sign.isNonNegative(a.argument().negate(), assumptions)
                ? a.argument().negate()
                : inner;
    }

    /** 1 − 2E + E² → (1 − E)², with a common factor. */
    private static Optional<Expr> asPowerOfComplement(Exponentials polynomial) {
        List<Expr> d = polynomial.inComplement();
        int only = -1;
        for (int j = 0; j < d.size(); j++) {
            if (!d.get(j).isZero()) {
                if (only >= 0) {
                    return Optional.empty();
                }
                only = j;
            }
        }
        if (only < 1) {
            return Optional.empty();
        }
        Expr complement = Expr.ONE.minus(Expr.exp(polynomial.u()));
        Expr scale = Expr.exp(polynomial.u().times(Expr.of(polynomial.lowest())));
        return Optional.of(Expr.product(scale, d.get(only), complement.pow(only)));
    }

    private static int size(Expr e) {
        int own = e instanceof Num || e instanceof Power ? 0 : 1;
        return own + e.children().stream().mapToInt(Simplification::size).sum() + (e instanceof Num ? 1 : 0);
    }
}
