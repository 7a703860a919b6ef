package org.sdescript.algebra;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The children of a node. Hash and node count are computed once, so that hashing does not traverse the expression and a
 * formula that grows beyond the limit is detected while it is built.
 */
final class ChildList extends AbstractList<Expr> implements RandomAccess {
    private static final int MOST_NODES = 200_000;

    private final Expr[] parts;
    private final int hash;
    private final int nodes;

    private ChildList(Expr[] parts) {
        this.parts = parts;
        this.hash = Arrays.hashCode(parts);
        this.nodes = nodes(parts);
    }

    static ChildList of(List<Expr> parts) {
        return parts instanceof ChildList known ? known : new ChildList(parts.toArray(Expr[]::new));
    }

    /** Returns the number of nodes of an expression; shared nodes count each time. */
    static int nodes(Expr e) {
        return switch (e) {
            case Expr.Num n -> 1;
            case Expr.Constant c -> 1;
            case Expr.Parameter p -> 1;
            case Expr.Symbol s -> 1;
            case Expr.Sum s -> 1 + ((ChildList) s.terms()).nodes;
            case Expr.Product p -> 1 + ((ChildList) p.factors()).nodes;
            case Expr.Power p -> 1 + nodes(p.base()) + nodes(p.exponent());
            case Expr.Apply a -> 1 + ((ChildList) a.arguments()).nodes;
            case Expr.Call c -> 1 + ((ChildList) c.arguments()).nodes;
            case Expr.Tabulated f -> 1 + nodes(f.argument());
            case Expr.Choice c -> 1 + nodes(c.condition().of()) + nodes(c.then()) + nodes(c.otherwise());
        };
    }

    private static int nodes(Expr[] parts) {
        long total = 0;
        for (Expr part : parts) {
            total += nodes(part);
        }
        if (total > MOST_NODES) {
            throw new TooLarge("the formula has more than " + MOST_NODES + " parts");
        }
        return (int) total;
    }

    @Override
    public Expr get(int index) {
        return parts[index];
    }

    @Override
    public int size() {
        return parts.length;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof ChildList its
                        ? hash == its.hash && Arrays.equals(parts, its.parts)
                        : super.equals(other));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
