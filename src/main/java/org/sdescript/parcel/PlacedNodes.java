package org.sdescript.parcel;

import java.util.HashMap;
import java.util.Map;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;

/** The declarations and lambdas of a script by their places. */
final class PlacedNodes {
    private record Place(int start, int end, String kind) {}

    private final Map<Place, SyntaxNode> nodes = new HashMap<>();

    PlacedNodes(Program program) {
        Children.all(program)
                .filter(node -> node instanceof Statement.Declaration
                        || node instanceof Statement.SdeDeclaration
                        || node instanceof Expression.Lambda)
                .forEach(node -> nodes.putIfAbsent(
                        new Place(
                                node.span().start(),
                                node.span().end(),
                                node.getClass().getSimpleName()),
                        node));
    }

    SyntaxNode at(int start, int end, String kind) {
        SyntaxNode node = nodes.get(new Place(start, end, kind));
        if (node == null) {
            throw new Malformed("its script has no " + kind + " at " + start);
        }
        return node;
    }
}
