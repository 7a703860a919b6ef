package org.sdescript.algebra;

import java.util.Optional;

/**
 * One rewrite of a node whose children are canonical; empty where it does not apply. The result is canonical, and has the
 * value of the node wherever that has one and the assumptions hold.
 */
@FunctionalInterface
public interface Rule<N extends Expr> {
    Optional<Expr> apply(N node, Assumptions under);
}
