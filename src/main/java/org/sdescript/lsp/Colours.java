package org.sdescript.lsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SemanticTokenModifiers;
import org.eclipse.lsp4j.SemanticTokenTypes;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.source.Span;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.script.BoundName;

/** Semantic tokens: what each word means, as far as the check knows. */
final class Colours {
    private static final List<String> TYPES = List.of(
            SemanticTokenTypes.Keyword,
            SemanticTokenTypes.Number,
            SemanticTokenTypes.String,
            SemanticTokenTypes.Comment,
            SemanticTokenTypes.Operator,
            SemanticTokenTypes.Function,
            SemanticTokenTypes.Class,
            SemanticTokenTypes.Parameter,
            SemanticTokenTypes.Variable,
            SemanticTokenTypes.Property,
            SemanticTokenTypes.Namespace);
    private static final List<String> MODIFIERS =
            List.of(SemanticTokenModifiers.Declaration, SemanticTokenModifiers.DefaultLibrary);
    private static final int DECLARATION = 1;
    private static final int LIBRARY = 2;

    static final SemanticTokensLegend LEGEND = new SemanticTokensLegend(TYPES, MODIFIERS);

    private final OpenText text;
    private final Map<Integer, BoundName> bound = new HashMap<>();
    private final Set<Integer> bindings = new HashSet<>();
    private final Set<Integer> arguments = new HashSet<>();

    private Colours(OpenText text) {
        this.text = text;
        for (BoundName name : text.names().bound()) {
            name.places().forEach(place -> bound.put(place.start(), name));
            name.bindings().forEach(place -> bindings.add(place.start()));
        }
        text.names()
                .arguments()
                .forEach(argument -> arguments.add(argument.place().start()));
    }

    /** The tokens in the protocol's form: five numbers each, relative to the token before. */
    static List<Integer> of(OpenText text) {
        return new Colours(text).encoded();
    }

    private List<Integer> encoded() {
        List<Integer> data = new ArrayList<>();
        Position last = new Position(0, 0);
        String before = "";
        for (EditorToken token : text.tokens()) {
            Optional<String> type = type(token, before);
            before = token.text();
            if (type.isEmpty()) {
                continue;
            }
            Position at = Positions.of(text.source(), token.start());
            boolean sameLine = at.getLine() == last.getLine();
            data.add(at.getLine() - last.getLine());
            data.add(at.getCharacter() - (sameLine ? last.getCharacter() : 0));
            data.add(token.end() - token.start());
            data.add(TYPES.indexOf(type.get()));
            data.add(modifiers(token));
            last = at;
        }
        return data;
    }

    private Optional<String> type(EditorToken token, String before) {
        return switch (token.role()) {
            case KEYWORD -> Optional.of(SemanticTokenTypes.Keyword);
            case NUMBER -> Optional.of(SemanticTokenTypes.Number);
            case TEXT, OPEN_TEXT -> Optional.of(SemanticTokenTypes.String);
            case COMMENT -> Optional.of(SemanticTokenTypes.Comment);
            case SIGN -> Optional.of(SemanticTokenTypes.Operator);
            case NAME -> Optional.of(before.equals(".") ? SemanticTokenTypes.Property : name(token));
            case OPENING, CLOSING, NEWLINE, UNKNOWN -> Optional.empty();
        };
    }

    private String name(EditorToken token) {
        if (arguments.contains(token.start())) {
            return SemanticTokenTypes.Parameter;
        }
        BoundName name = bound.get(token.start());
        if (name != null && name.role() != BoundName.Role.VALUE) {
            return switch (name.role()) {
                case CALLABLE -> SemanticTokenTypes.Function;
                case SDE -> SemanticTokenTypes.Class;
                case PARAMETER -> SemanticTokenTypes.Parameter;
                case MODULE -> SemanticTokenTypes.Namespace;
                case OPTION, VALUE, STATE, RESERVED -> SemanticTokenTypes.Variable;
            };
        }
        Optional<Kind> kind = text.analysis().known(token.text(), token.start()).map(StaticValue::kind);
        return kind.filter(Kind.SDE::equals).isPresent()
                ? SemanticTokenTypes.Class
                : kind.filter(Kind::isCallable).isPresent() ? SemanticTokenTypes.Function : SemanticTokenTypes.Variable;
    }

    private int modifiers(EditorToken token) {
        if (token.role() != EditorToken.Role.NAME) {
            return 0;
        }
        boolean ofLibrary = text.names().free().getOrDefault(token.text(), List.<Span>of()).stream()
                        .anyMatch(place -> place.start() == token.start())
                && text.analysis().library().names().contains(token.text());
        return (bindings.contains(token.start()) ? DECLARATION : 0) | (ofLibrary ? LIBRARY : 0);
    }
}
