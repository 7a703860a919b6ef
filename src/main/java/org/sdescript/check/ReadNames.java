package org.sdescript.check;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;

/** Finds the names read below a node, in any scope; an update reads its name, too. */
final class ReadNames {
    private ReadNames() {}

    static Set<String> of(SyntaxNode node) {
        return of(Set.of(node));
    }

    static Set<String> of(Collection<? extends SyntaxNode> nodes) {
        return nodes.stream().flatMap(Children::all).flatMap(ReadNames::name).collect(Collectors.toSet());
    }

    private static Stream<String> name(SyntaxNode node) {
        if (node instanceof Expression.Name name) {
            return Stream.of(name.name());
        }
        return node instanceof Statement.Update update
                ? Stream.of(update.target().name())
                : Stream.empty();
    }
}
