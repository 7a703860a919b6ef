package org.sdescript.syntax;

import static org.sdescript.syntax.grammar.SdeParser.*;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.antlr.v4.runtime.tree.Trees;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Order;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeParserBaseVisitor;

/** Converts the parser's statements to records; skips statements with an error. */
final class StatementBuilder extends SdeParserBaseVisitor<Statement> {
    private final Spans places;
    private final SyntaxErrors mistakes;
    private final ExpressionBuilder expressions;
    private final SdeBuilder sdes;
    private final Set<String> lost = new HashSet<>();

    StatementBuilder(Spans places, SyntaxErrors mistakes) {
        this.places = places;
        this.mistakes = mistakes;
        this.expressions = new ExpressionBuilder(places, mistakes, 0);
        this.sdes = new SdeBuilder(places, mistakes, expressions);
    }

    List<Statement> build(List<LineContext> lines) {
        return lines.stream()
                .map(LineContext::statement)
                .filter(Objects::nonNull)
                .filter(this::isWhole)
                .map(statement -> statement.accept(this))
                .toList();
    }

    private boolean isWhole(StatementContext statement) {
        boolean whole = mistakes.none() || WholePhrase.isWhole(statement);
        if (!whole) {
            Trees.findAllTokenNodes(statement, NAME).forEach(name -> lost.add(name.getText()));
        }
        return whole;
    }

    /** The names in the skipped statements. */
    Set<String> lost() {
        return lost;
    }

    private Block block(BlockContext context) {
        return new Block(build(context.line()), places.of(context));
    }

    private Optional<String> doc(Token first) {
        return DocText.above(places.source(), first.getStartIndex());
    }

    @Override
    public Statement visitImportStatement(ImportStatementContext context) {
        Span span = places.of(context);
        if (!context.NAME().isEmpty() && !context.NAME(0).getText().equals("as")) {
            mistakes.add(Diagnostic.error("E0101", places.of(context.NAME(0)), "expected `as` or the end of the line")
                    .help("write `import \"other.sde\" as o`"));
        }
        Optional<String> alias =
                context.NAME().stream().skip(1).map(TerminalNode::getText).findFirst();
        return new Statement.Import(path(context.TEXT()), alias, span);
    }

    private String path(TerminalNode text) {
        Expression.Text path = new TextBuilder(places.source(), mistakes, 0).build(places.of(text));
        if (path.parts().getFirst() instanceof Expression.TextPart.Literal literal
                && path.parts().size() == 1) {
            return literal.text();
        }
        mistakes.add(Diagnostic.error("E0106", path.span(), "an import's path is a plain string")
                .label("nothing can be inserted here"));
        return "";
    }

    @Override
    public Statement visitParamStatement(ParamStatementContext context) {
        return new Statement.Param(
                context.NAME().getText(),
                expressions.build(context.expression()),
                doc(context.getStart()),
                places.of(context.NAME()),
                places.of(context));
    }

    @Override
    public Statement visitCallableDeclaration(CallableDeclarationContext context) {
        SignatureContext signature = context.signature();
        return new Statement.Declaration(
                CallableKind.valueOf(context.CALLABLE().getText().toUpperCase(Locale.ROOT)),
                context.NAME().getText(),
                expressions.parameters(signature.first),
                expressions.parameters(signature.second),
                Optional.ofNullable(context.order())
                        .map(order -> new Order(
                                order.STRONG() != null, expressions.build(order.expression()), places.of(order))),
                body(context.body()),
                context.LOCAL() != null,
                doc(context.getStart()),
                places.of(context.NAME()),
                places.of(context));
    }

    @Override
    public Statement visitNativeDeclaration(NativeDeclarationContext context) {
        SignatureContext signature = context.signature();
        return new Statement.Declaration(
                CallableKind.FN,
                context.NAME(0).getText(),
                expressions.parameters(signature.first),
                expressions.parameters(signature.second),
                Optional.empty(),
                new Body.Native(
                        signature.REST() != null,
                        Optional.ofNullable(context.GIVES())
                                .map(gives -> context.NAME(1).getText()),
                        places.of(context)),
                false,
                doc(context.getStart()),
                places.of(context.NAME(0)),
                places.of(context));
    }

    private Body body(BodyContext context) {
        return context.block() == null
                ? new Body.Single(expressions.build(context.expression()), places.of(context.expression()))
                : new Body.Statements(block(context.block()), places.of(context.block()));
    }

    @Override
    public Statement visitSdeDeclaration(SdeDeclarationContext context) {
        return new Statement.SdeDeclaration(
                context.NAME().getText(),
                sdeParameters(context.signature()),
                sdes.build(context.sdeLine()),
                context.LOCAL() != null,
                doc(context.getStart()),
                places.of(context.NAME()),
                places.of(context));
    }

    private List<Parameter> sdeParameters(SignatureContext signature) {
        if (signature == null) {
            return List.of();
        }
        if (signature.first != null && signature.second != null) {
            mistakes.add(Diagnostic.error("E0107", places.of(signature), "an sde has parameters only")
                    .help("separate all of them by commas; the variables of an sde are its states and its time"));
        }
        return expressions.parameters(signature.first == null ? signature.second : signature.first);
    }

    @Override
    public Statement visitBindStatement(BindStatementContext context) {
        List<Expression> values = expressions.build(context.expressions().expression());
        Expression value = values.size() == 1
                ? values.getFirst()
                : new Expression.ListLiteral(values, places.of(context.expressions()));
        return new Statement.Bind(expressions.targets(context.targets()), value, places.of(context));
    }

    @Override
    public Statement visitUpdateStatement(UpdateStatementContext context) {
        Statement.Target target = new Statement.Target(context.NAME().getText(), places.of(context.NAME()));
        BinaryOperator operator =
                switch (context.op.getType()) {
                    case PLUS_ASSIGN -> BinaryOperator.ADD;
                    case MINUS_ASSIGN -> BinaryOperator.SUBTRACT;
                    case STAR_ASSIGN -> BinaryOperator.MULTIPLY;
                    default -> BinaryOperator.DIVIDE;
                };
        return new Statement.Update(target, operator, expressions.build(context.expression()), places.of(context));
    }

    @Override
    public Statement visitBranch(BranchContext context) {
        Span span = places.of(context);
        if (context.THEN() != null) {
            return new Statement.Evaluate(expressions.conditional(context.expression(), span), span);
        }
        Expression condition = expressions.build(context.expression(0));
        return new Statement.If(condition, block(context.block(0)), otherwise(context), span);
    }

    private Optional<Block> otherwise(BranchContext context) {
        if (context.branch() != null) {
            Statement elseIf = visitBranch(context.branch());
            return Optional.of(new Block(List.of(elseIf), elseIf.span()));
        }
        return Optional.ofNullable(context.block(1)).map(this::block);
    }

    @Override
    public Statement visitIfStatement(IfStatementContext context) {
        return visitBranch(context.branch());
    }

    @Override
    public Statement visitForStatement(ForStatementContext context) {
        return new Statement.For(
                expressions.targets(context.targets()),
                expressions.build(context.expression()),
                block(context.block()),
                places.of(context));
    }

    @Override
    public Statement visitWhileStatement(WhileStatementContext context) {
        return new Statement.While(expressions.build(context.expression()), block(context.block()), places.of(context));
    }

    @Override
    public Statement visitRepeatStatement(RepeatStatementContext context) {
        return new Statement.Repeat(
                expressions.build(context.expression()), block(context.block()), places.of(context));
    }

    @Override
    public Statement visitTryStatement(TryStatementContext context) {
        return new Statement.Try(
                block(context.block(0)),
                Optional.ofNullable(context.NAME()).map(name -> new Statement.Target(name.getText(), places.of(name))),
                block(context.block(1)),
                places.of(context));
    }

    @Override
    public Statement visitReturnStatement(ReturnStatementContext context) {
        List<Expression> values = context.expressions() == null
                ? List.of()
                : expressions.build(context.expressions().expression());
        return new Statement.Return(values, places.of(context));
    }

    @Override
    public Statement visitBreakStatement(BreakStatementContext context) {
        return new Statement.Break(places.of(context));
    }

    @Override
    public Statement visitContinueStatement(ContinueStatementContext context) {
        return new Statement.Continue(places.of(context));
    }

    @Override
    public Statement visitEvaluateStatement(EvaluateStatementContext context) {
        return new Statement.Evaluate(expressions.build(context.expression()), places.of(context));
    }
}
