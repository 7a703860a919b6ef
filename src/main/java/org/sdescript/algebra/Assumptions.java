package org.sdescript.algebra;

import java.util.Set;
import org.sdescript.algebra.Expr.Symbol;

/** What may be taken for granted of symbols; always passed in, never assumed silently. */
public record Assumptions(Set<Symbol> positive) {
    public static final Assumptions NONE = new Assumptions(Set.of());

    public Assumptions {
        positive = Set.copyOf(positive);
    }

    public static Assumptions positive(Symbol... symbols) {
        return new Assumptions(Set.of(symbols));
    }
}
