package org.sdescript.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists the nodes directly below a node, in the order of the text, for searches through a tree. */
public final class Children {
    private Children() {}

    /** The node and all nodes below it. */
    public static Stream<SyntaxNode> all(SyntaxNode node) {
        List<SyntaxNode> all = new ArrayList<>();
        collect(node, all);
        return all.stream();
    }

    private static void collect(SyntaxNode node, List<SyntaxNode> all) {
        all.add(node);
        for (SyntaxNode child : of(node)) {
            collect(child, all);
        }
    }

    public static List<SyntaxNode> of(SyntaxNode node) {
        return switch (node) {
            case Program program -> List.copyOf(program.statements());
            case Block block -> List.copyOf(block.statements());
            case Statement statement -> of(statement);
            case SdeItem item -> of(item);
            case EquationTerm term -> optional(term.coefficient());
            case Parameter parameter -> optional(parameter.defaultValue());
            case Body.Single body -> List.of(body.expression());
            case Body.Statements body -> List.of(body.block());
            case Body.Native leaf -> List.of();
            case Order order -> List.of(order.value());
            case Expression expression -> of(expression);
            case Argument argument -> List.of(argument.value());
            case Subscript.At at -> List.of(at.index());
            case Subscript.Slice slice -> joined(optional(slice.from()), optional(slice.to()), optional(slice.step()));
        };
    }

    private static List<SyntaxNode> of(Statement statement) {
        return switch (statement) {
            case Statement.Import leaf -> List.of();
            case Statement.Param param -> List.of(param.value());
            case Statement.Declaration declaration ->
                joined(
                        declaration.variables(),
                        declaration.parameters(),
                        optional(declaration.order()),
                        List.of(declaration.body()));
            case Statement.SdeDeclaration declaration -> joined(declaration.parameters(), declaration.items());
            case Statement.Bind bind -> List.of(bind.value());
            case Statement.Update update -> List.of(update.value());
            case Statement.Evaluate evaluate -> List.of(evaluate.expression());
            case Statement.If branch ->
                joined(List.of(branch.condition(), branch.then()), optional(branch.otherwise()));
            case Statement.For loop -> List.of(loop.iterable(), loop.body());
            case Statement.While loop -> List.of(loop.condition(), loop.body());
            case Statement.Repeat loop -> List.of(loop.count(), loop.body());
            case Statement.Try attempt -> List.of(attempt.body(), attempt.handler());
            case Statement.Return result -> List.copyOf(result.values());
            case Statement.Break leaf -> List.of();
            case Statement.Continue leaf -> List.of();
        };
    }

    private static List<SyntaxNode> of(SdeItem item) {
        return switch (item) {
            case SdeItem.TimeDomain domain -> List.of(domain.from(), domain.to());
            case SdeItem.ChainIndex index -> List.of(index.from(), index.to());
            case SdeItem.LocalValue local -> List.of(local.value());
            case SdeItem.LocalFunction local -> joined(local.variables(), List.of(local.value()));
            case SdeItem.Stratonovich leaf -> List.of();
            case SdeItem.ItoEquation equation -> List.copyOf(equation.terms());
            case SdeItem.TransitionEquation equation -> List.of(equation.value());
            case SdeItem.ChainEquation equation -> List.of(equation.value());
        };
    }

    private static List<SyntaxNode> of(Expression expression) {
        return switch (expression) {
            case Expression.Number leaf -> List.of();
            case Expression.Bool leaf -> List.of();
            case Expression.None leaf -> List.of();
            case Expression.Name leaf -> List.of();
            case Expression.Text text ->
                text.parts().stream().flatMap(Children::inserted).toList();
            case Expression.ListLiteral list -> List.copyOf(list.elements());
            case Expression.Comprehension comprehension ->
                Stream.concat(
                                comprehension.clauses().stream().map(Children::clause),
                                Stream.<SyntaxNode>of(comprehension.element()))
                        .toList();
            case Expression.RecordLiteral literal ->
                literal.fields().stream()
                        .<SyntaxNode>map(Expression.FieldValue::value)
                        .toList();
            case Expression.Lambda lambda -> joined(lambda.variables(), List.of(lambda.body()));
            case Expression.Negate negate -> List.of(negate.operand());
            case Expression.Not not -> List.of(not.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.And and -> List.of(and.left(), and.right());
            case Expression.Or or -> List.of(or.left(), or.right());
            case Expression.Comparison comparison -> List.copyOf(comparison.operands());
            case Expression.Conditional choice -> List.of(choice.condition(), choice.then(), choice.otherwise());
            case Expression.Range range -> List.of(range.from(), range.to());
            case Expression.Call call -> joined(List.of(call.callee()), call.arguments());
            case Expression.Index index -> joined(List.of(index.target()), index.subscripts());
            case Expression.Field field -> List.of(field.target());
        };
    }

    private static Stream<SyntaxNode> inserted(Expression.TextPart part) {
        return switch (part) {
            case Expression.TextPart.Literal leaf -> Stream.empty();
            case Expression.TextPart.Interpolation inserted -> Stream.of(inserted.value());
        };
    }

    private static SyntaxNode clause(Expression.Clause clause) {
        return switch (clause) {
            case Expression.Clause.ForIn each -> each.iterable();
            case Expression.Clause.If filter -> filter.condition();
        };
    }

    private static List<SyntaxNode> optional(Optional<? extends SyntaxNode> node) {
        return node.<List<SyntaxNode>>map(List::of).orElse(List.of());
    }

    @SafeVarargs
    private static List<SyntaxNode> joined(List<? extends SyntaxNode>... parts) {
        List<SyntaxNode> all = new ArrayList<>();
        for (List<? extends SyntaxNode> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
