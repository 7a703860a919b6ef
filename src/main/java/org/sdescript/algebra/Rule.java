package org.sdescript.algebra;

import java.util.Optional;

/**
 * One rewrite of a node whose children are canonical; empty if the rule does not apply. The result is canonical, and
 * equals the node wherever the node has a value and the assumptions hold.
 */
@FunctionalInterface
public interface Rule<N extends Expr> {
    Optional<Expr> apply(N node, Assumptions under);
}
