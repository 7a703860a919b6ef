package org.sdescript.check;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Node;
import org.sdescript.ast.Statement;

/** Finds the names read below a node, in any scope; an update reads its name, too. */
final class Reads {
    private Reads() {}

    static Set<String> of(Node node) {
        return of(Set.of(node));
    }

    static Set<String> of(Collection<? extends Node> nodes) {
        return nodes.stream().flatMap(Children::all).flatMap(Reads::name).collect(Collectors.toSet());
    }

    private static Stream<String> name(Node node) {
        if (node instanceof Expression.Name name) {
            return Stream.of(name.name());
        }
        return node instanceof Statement.Update update
                ? Stream.of(update.target().name())
                : Stream.empty();
    }
}
