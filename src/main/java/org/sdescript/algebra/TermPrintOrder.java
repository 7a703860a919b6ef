package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/**
 * The order in which terms are printed: polynomials by falling degree, other sums with their number first, scores last.
 * A positive term comes first if there is one: a polynomial of three or more terms is reversed to achieve that, as in 1
 * + 2 t − t³.
 */
record TermPrintOrder(List<Symbol> states) {
    List<Expr> sorted(Sum sum) {
        List<Expr> terms =
                new ArrayList<>(sum.terms().stream().map(WrittenSign::of).toList());
        boolean polynomial = terms.stream().allMatch(term -> isMonomial(term) || hasScore(term));
        terms.sort(Comparator.comparingInt(this::state));
        if (polynomial) {
            terms.sort(Comparator.comparingInt(TermPrintOrder::degree).reversed());
        }
        if (polynomial) {
            turned(terms);
        }
        terms.sort(Comparator.comparingInt(this::score));
        long plain = terms.stream().filter(term -> !hasScore(term)).count();
        if (WrittenSign.isNegative(terms.getFirst()) && (plain == 2 || !polynomial)) {
            terms.stream()
                    .filter(term -> !WrittenSign.isNegative(term) && !hasScore(term))
                    .findFirst()
                    .ifPresent(positive -> {
                        terms.remove(positive);
                        terms.addFirst(positive);
                    });
        }
        return terms;
    }

    /** Sorts by rising degree if that brings a positive number to the front. */
    private static void turned(List<Expr> terms) {
        List<Expr> plain = terms.stream().filter(term -> !hasScore(term)).toList();
        if (plain.size() > 2 && WrittenSign.isNegative(plain.getFirst()) && !WrittenSign.isNegative(plain.getLast())) {
            terms.sort(Comparator.comparingInt(TermPrintOrder::degree));
        }
    }

    private static boolean hasScore(Expr term) {
        return term.symbols().stream().anyMatch(TermPrintOrder::isScore);
    }

    private static boolean isScore(Symbol s) {
        return s.name().startsWith("∇");
    }

    /** Returns the rank of the state whose score the term holds; 0 for a term without score. */
    private int score(Expr term) {
        return term.symbols().stream()
                .filter(TermPrintOrder::isScore)
                .mapToInt(this::place)
                .max()
                .orElse(0);
    }

    private int place(Symbol score) {
        for (int i = 0; i < states.size(); i++) {
            String by = "∇"
                    + UnicodeNames.lowered(UnicodeNames.spelled(states.get(i).name())) + " ";
            if (score.name().startsWith(by)) {
                return i + 1;
            }
        }
        return states.size() + 1;
    }

    /** Returns the rank of the state in the term; 0 for a term without state. */
    private int state(Expr term) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (!term.isFreeOf(states.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    static boolean isMonomial(Expr term) {
        return Term.factorsOf(term).stream().allMatch(factor -> switch (factor) {
            case Num n -> true;
            case Symbol s -> true;
            case Power(Symbol s, Num n) -> true;
            case Expr other -> other.symbols().isEmpty();
        });
    }

    private static int degree(Expr term) {
        int degree = 0;
        for (Expr factor : Term.factorsOf(term)) {
            degree += switch (factor) {
                case Symbol s -> 1;
                case Power(Symbol s, Num n)
                when n.value().isSmallInteger() -> n.value().intValue();
                case Expr other -> 0;
            };
        }
        return degree;
    }
}
