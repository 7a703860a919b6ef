package org.sdescript.lsp;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;

/** Hints behind bound names: the shape of a tensor, or the kind of a value that the line does not show. */
final class Hints {
    private static final Set<Kind> SHOWN =
            EnumSet.of(Kind.PROCESS, Kind.DATA, Kind.MODEL, Kind.DISTRIBUTION, Kind.TRANSITION, Kind.TENSOR);

    private Hints() {}

    /** The hints for the bindings between two offsets. */
    static List<InlayHint> of(OpenText text, int from, int to) {
        StaticShapes shapes = new StaticShapes(text);
        return Children.all(text.analysis().program())
                .filter(Statement.Bind.class::isInstance)
                .map(Statement.Bind.class::cast)
                .filter(bind -> bind.targets().size() == 1)
                .filter(bind -> bind.span().start() < to && bind.span().end() > from)
                .flatMap(bind -> hint(text, shapes, bind).stream())
                .toList();
    }

    private static Optional<InlayHint> hint(OpenText text, StaticShapes shapes, Statement.Bind bind) {
        Statement.Target target = bind.targets().getFirst();
        if (bind.value() instanceof Expression.Name) {
            return Optional.empty();
        }
        return shapes.of(bind.value())
                .filter(StaticShapes.Shape::isTensor)
                .map(StaticShapes.Shape::words)
                .or(() -> text.analysis()
                        .known(target.name(), target.span().start())
                        .map(StaticValue::kind)
                        .filter(SHOWN::contains)
                        .map(Kind::word))
                .map(words -> {
                    InlayHint hint = new InlayHint(
                            Positions.of(text.source(), target.span().end()), Either.forLeft(": " + words));
                    hint.setKind(InlayHintKind.Type);
                    return hint;
                });
    }
}
