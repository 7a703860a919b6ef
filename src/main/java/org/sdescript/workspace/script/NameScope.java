package org.sdescript.workspace.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.source.Span;

/** The names of one scope; names of outer scopes are found through it. */
final class NameScope {
    private final @Nullable NameScope outer;
    private final Span text;
    private final Map<String, BoundName> names = new LinkedHashMap<>();

    NameScope(@Nullable NameScope outer, Span text) {
        this.outer = outer;
        this.text = text;
    }

    NameScope inner(Span inner) {
        return new NameScope(this, inner);
    }

    /** Binds a name that the scope has without a place in the text. */
    void reserve(String name) {
        names.computeIfAbsent(name, key -> new BoundName(key, BoundName.Role.RESERVED, text, Optional.empty()));
    }

    /** Binds a name at a place; a name that is bound again keeps its first role. */
    void bind(String name, BoundName.Role role, Span place, SyntaxNode node) {
        names.computeIfAbsent(name, key -> new BoundName(key, role, text, Optional.of(node)))
                .bindings()
                .add(place);
    }

    void bind(Parameter parameter) {
        Span span = parameter.span();
        Span place =
                span.source().span(span.start(), span.start() + parameter.name().length());
        bind(parameter.name(), BoundName.Role.PARAMETER, place, parameter);
    }

    Optional<BoundName> own(String name) {
        return Optional.ofNullable(names.get(name));
    }

    Optional<BoundName> find(String name) {
        BoundName found = names.get(name);
        return found != null || outer == null ? Optional.ofNullable(found) : outer.find(name);
    }

    Iterable<BoundName> all() {
        return names.values();
    }
}
