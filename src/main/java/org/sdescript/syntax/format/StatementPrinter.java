package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Order;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;

/** Converts statements to documents. */
final class StatementPrinter {
    private final SourceTrivia original;
    private final ExpressionPrinter expressions;
    private final BodyPrinter bodies;
    private final BracketPrinter brackets;
    private final SdePrinter sdes;

    StatementPrinter(SourceTrivia original) {
        this.original = original;
        this.expressions = new ExpressionPrinter(original);
        this.bodies = new BodyPrinter(original);
        this.brackets = new BracketPrinter(original);
        this.sdes = new SdePrinter(original, expressions);
    }

    Doc print(Program program) {
        return bodies.lines(program.statements(), program.span().end(), this::print);
    }

    private Doc print(Statement statement) {
        return switch (statement) {
            case Statement.Import file ->
                Doc.text("import " + TextPrinter.quoted(file.path())
                        + file.alias().map(" as "::concat).orElse(""));
            case Statement.Param param ->
                Doc.of(doc(param.doc()), assigned("param " + param.name() + " =", param.value()));
            case Statement.Declaration declaration -> declaration(declaration);
            case Statement.SdeDeclaration sde -> sde(sde);
            case Statement.Bind bind -> bind(bind);
            case Statement.Update update ->
                assigned(update.target().name() + " " + update.operator().symbol() + "=", update.value());
            case Statement.Evaluate evaluate -> expressions.print(evaluate.expression());
            case Statement.If branch -> branch(branch);
            case Statement.For loop ->
                headed("for " + ExpressionPrinter.targets(loop.targets()) + " in ", loop.iterable(), loop.body());
            case Statement.While loop -> headed("while ", loop.condition(), loop.body());
            case Statement.Repeat loop -> headed("repeat ", loop.count(), loop.body());
            case Statement.Try attempt ->
                Doc.of(
                        Doc.text("try "),
                        block(attempt.body()),
                        Doc.text(" catch "
                                + attempt.error()
                                        .map(error -> error.name() + " ")
                                        .orElse("")),
                        block(attempt.handler()));
            case Statement.Return answer ->
                answer.values().isEmpty()
                        ? Doc.text("return")
                        : Doc.of(Doc.text("return "), expressions.commas(answer.values()));
            case Statement.Break leave -> Doc.text("break");
            case Statement.Continue next -> Doc.text("continue");
        };
    }

    private Doc doc(Optional<String> text) {
        List<Doc> lines = new ArrayList<>();
        for (String line : original.doc(text)) {
            lines.add(Doc.text(line));
            lines.add(Doc.HARD);
        }
        return Doc.of(lines);
    }

    private Doc assigned(String left, Expression value) {
        return Doc.of(Doc.text(left), expressions.assigned(value));
    }

    /** Prints a binding; a list bound to several targets needs no brackets. */
    private Doc bind(Statement.Bind bind) {
        String left = ExpressionPrinter.targets(bind.targets()) + " =";
        return bind.targets().size() > 1
                        && bind.value() instanceof Expression.ListLiteral list
                        && list.elements().size() > 1
                ? Doc.of(Doc.text(left + " "), expressions.commas(list.elements()))
                : assigned(left, bind.value());
    }

    private Doc declaration(Statement.Declaration declaration) {
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        declaration.variables().forEach(variable -> entries.add(expressions.entry(variable)));
        if (declaration.body() instanceof Body.Native shown && shown.rest()) {
            entries.add(new BracketPrinter.Entry(declaration.nameSpan().end(), () -> Doc.text("…")));
        }
        if (!entries.isEmpty() && !declaration.parameters().isEmpty()) {
            entries.add(entries.removeLast().marked(";"));
        }
        boolean onlyParameters = entries.isEmpty() && !declaration.parameters().isEmpty();
        declaration.parameters().forEach(parameter -> entries.add(expressions.entry(parameter)));
        return Doc.of(
                doc(declaration.doc()),
                Doc.text(declaring(declaration) + " " + declaration.name() + (onlyParameters ? "(; " : "(")),
                brackets.items(entries),
                Doc.text(")"),
                declaration.order().map(this::order).orElse(Doc.NOTHING),
                body(declaration.body()));
    }

    private static String declaring(Statement.Declaration declaration) {
        String word = declaration.kind().word();
        return declaration.body() instanceof Body.Native ? "native " + word : local(declaration.local()) + word;
    }

    private static String local(boolean local) {
        return local ? "local " : "";
    }

    private Doc order(Order order) {
        return Doc.of(Doc.text(order.strong() ? " of strong order " : " of order "), expressions.print(order.value()));
    }

    private Doc body(Body body) {
        return switch (body) {
            case Body.Native shown ->
                shown.gives().map(kind -> Doc.text(" gives " + kind)).orElse(Doc.NOTHING);
            case Body.Single single -> Doc.of(Doc.text(" ="), expressions.hanging(single.expression()));
            case Body.Statements statements -> Doc.of(Doc.text(" "), block(statements.block()));
        };
    }

    private Doc sde(Statement.SdeDeclaration sde) {
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        for (Parameter parameter : sde.parameters()) {
            entries.add(expressions.entry(parameter));
        }
        Doc parameters =
                entries.isEmpty() ? Doc.NOTHING : Doc.of(Doc.text("("), brackets.items(entries), Doc.text(")"));
        return Doc.of(
                doc(sde.doc()),
                Doc.text(local(sde.local()) + "sde " + sde.name()),
                parameters,
                Doc.text(" "),
                bodies.braced(sde.items(), sde.span(), sdes::print));
    }

    private Doc headed(String word, Expression head, Block body) {
        return Doc.of(Doc.text(word), expressions.printOpen(head), Doc.text(" "), block(body));
    }

    private Doc block(Block block) {
        return bodies.braced(block.statements(), block.span(), this::print);
    }

    private Doc branch(Statement.If branch) {
        Doc then = headed("if ", branch.condition(), branch.then());
        return branch.otherwise()
                .map(otherwise -> Doc.of(then, Doc.text(" else "), otherwise(otherwise)))
                .orElse(then);
    }

    private Doc otherwise(Block block) {
        return block.statements().size() == 1 && block.statements().getFirst() instanceof Statement.If elseIf
                ? branch(elseIf)
                : block(block);
    }
}
