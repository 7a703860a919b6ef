package org.sdescript.workspace.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Children;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.source.Span;

/** A name that a script binds in one scope, with each place of the name. */
public final class BoundName {

    public enum Role {
        CALLABLE,
        SDE,
        OPTION,
        VALUE,
        PARAMETER,
        MODULE,
        STATE,
        /** A name with a meaning of its own in the body of an sde, such as {@code t} and {@code prior}. */
        RESERVED
    }

    private final String name;
    private final Role role;
    private final Span scope;
    private final Optional<SyntaxNode> node;
    private final List<Span> bindings = new ArrayList<>();
    private final List<Span> reads = new ArrayList<>();

    /**
     * @param scope the text in which the name is visible
     * @param node the statement or parameter that binds the name first
     */
    BoundName(String name, Role role, Span scope, Optional<SyntaxNode> node) {
        this.name = name;
        this.role = role;
        this.scope = scope;
        this.node = node;
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public Span scope() {
        return scope;
    }

    public Optional<SyntaxNode> node() {
        return node;
    }

    /** The places that bind the name; empty for a name that an sde has by itself. */
    public List<Span> bindings() {
        return bindings;
    }

    public List<Span> reads() {
        return reads;
    }

    public Stream<Span> places() {
        return Stream.concat(bindings.stream(), reads.stream());
    }

    public boolean isAt(int offset) {
        return places().anyMatch(place -> place.start() <= offset && offset <= place.end());
    }

    /** True if a statement such as {@code n += 1} changes the name. */
    public boolean isUpdated(Program program) {
        return Children.all(program)
                .filter(Statement.Update.class::isInstance)
                .map(update -> ((Statement.Update) update).target().span().start())
                .anyMatch(start -> reads.stream().anyMatch(place -> place.start() == start));
    }
}
