package org.sdescript.algebra;

import java.util.Comparator;
import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Constant;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Expr.Tabulated;

/**
 * The canonical order of terms and factors: numbers first, otherwise an arbitrary total order. Printing has its own
 * order.
 */
final class CanonicalOrder {
    static final Comparator<Expr> FACTORS = CanonicalOrder::compare;

    /** Compares terms by their rest, then by coefficient; the plain number comes first. */
    static final Comparator<Expr> TERMS = (a, b) -> {
        Term left = Term.of(a);
        Term right = Term.of(b);
        int byRest = compare(left.rest(), right.rest());
        return byRest != 0 ? byRest : left.coefficient().compareTo(right.coefficient());
    };

    private CanonicalOrder() {}

    private static int compare(Expr a, Expr b) {
        if (a == b) {
            return 0;
        }
        int byKind = Integer.compare(kind(a), kind(b));
        if (byKind != 0) {
            return byKind;
        }
        return switch (a) {
            case Num n -> n.value().compareTo(((Num) b).value());
            case Constant c -> c.compareTo((Constant) b);
            case Symbol s -> s.name().compareTo(((Symbol) b).name());
            case Parameter p -> compareParameters(p, (Parameter) b);
            case Sum s -> compareAll(s.terms(), ((Sum) b).terms());
            case Product p -> compareAll(p.factors(), ((Product) b).factors());
            case Power p -> comparePowers(p, (Power) b);
            case Apply f -> compareApplications(f, (Apply) b);
            case Call c -> compareCalls(c, (Call) b);
            case Choice c -> compareChoices(c, (Choice) b);
            case Tabulated f -> compareTabulated(f, (Tabulated) b);
        };
    }

    private static int kind(Expr e) {
        return switch (e) {
            case Num n -> 0;
            case Constant c -> 1;
            case Symbol s -> 2;
            case Parameter p -> 10;
            case Call c -> 3;
            case Power p -> 4;
            case Apply a -> 5;
            case Choice c -> 6;
            case Product p -> 7;
            case Sum s -> 8;
            case Tabulated f -> 9;
        };
    }

    private static int compareParameters(Parameter a, Parameter b) {
        int byName = a.name().compareTo(b.name());
        int byLow = byName != 0 ? byName : Double.compare(a.low(), b.low());
        int byRange = byLow != 0 ? byLow : Double.compare(a.high(), b.high());
        return byRange != 0 || a.equals(b)
                ? byRange
                : Integer.compare(System.identityHashCode(a.owner()), System.identityHashCode(b.owner()));
    }

    private static int comparePowers(Power a, Power b) {
        int byBase = compare(a.base(), b.base());
        return byBase != 0 ? byBase : compare(a.exponent(), b.exponent());
    }

    private static int compareApplications(Apply a, Apply b) {
        int byFunction = a.function().compareTo(b.function());
        return byFunction != 0 ? byFunction : compareAll(a.arguments(), b.arguments());
    }

    private static int compareChoices(Choice a, Choice b) {
        int byRelation = a.condition().relation().compareTo(b.condition().relation());
        return byRelation != 0 ? byRelation : compareAll(a.children(), b.children());
    }

    private static int compareCalls(Call a, Call b) {
        int byName = a.definition().name().compareTo(b.definition().name());
        int byOrder = byName != 0 ? byName : Integer.compare(a.order(), b.order());
        int byArguments = byOrder != 0 ? byOrder : compareAll(a.arguments(), b.arguments());
        return byArguments != 0
                ? byArguments
                : compare(a.definition().body(), b.definition().body());
    }

    private static int compareTabulated(Tabulated a, Tabulated b) {
        int byName = a.name().compareTo(b.name());
        int byOrder = byName != 0 ? byName : Integer.compare(a.order(), b.order());
        int byArgument = byOrder != 0 ? byOrder : compare(a.argument(), b.argument());
        return byArgument != 0
                ? byArgument
                : Integer.compare(a.values().hashCode(), b.values().hashCode());
    }

    private static int compareAll(List<Expr> a, List<Expr> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
