package org.sdescript.syntax.format;

import static org.sdescript.syntax.format.Precedence.CALL;
import static org.sdescript.syntax.format.Precedence.CONDITIONAL;
import static org.sdescript.syntax.format.Precedence.LAMBDA;
import static org.sdescript.syntax.format.Precedence.NOT;
import static org.sdescript.syntax.format.Precedence.OR;
import static org.sdescript.syntax.format.Precedence.POWER;
import static org.sdescript.syntax.format.Precedence.RANGE;
import static org.sdescript.syntax.format.Precedence.SUM;
import static org.sdescript.syntax.format.Precedence.isTight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.AllowedValues;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.Subscript;

/**
 * Converts expressions to documents, with the necessary parentheses. Parts are printed in the order of the text,
 * because comments are consumed in that order.
 */
final class ExpressionPrinter {
    private final SourceTrivia original;
    private final ChainPrinter chains;
    private final BracketPrinter brackets;

    ExpressionPrinter(SourceTrivia original) {
        this.original = original;
        this.chains = new ChainPrinter(original, this);
        this.brackets = new BracketPrinter(original);
    }

    Doc print(Expression expression) {
        return print(expression, LAMBDA);
    }

    /** Prints in parentheses if the expression binds looser than {@code least}. */
    Doc print(Expression expression, Precedence least) {
        return Precedence.of(expression).compareTo(least) < 0 ? parenthesized(expression) : Doc.group(bare(expression));
    }

    Doc parenthesized(Expression expression) {
        return Doc.of(Doc.text("("), Doc.aligned(Doc.group(bare(expression))), Doc.text(")"));
    }

    /** Prints a condition or a loop's iterable, whose end must be clear before a block or clause. */
    Doc printOpen(Expression expression) {
        return print(expression, OR);
    }

    private Doc bare(Expression expression) {
        return switch (expression) {
            case Expression.Number number -> Doc.text(number.text());
            case Expression.Text text -> Doc.text(original.spelling(text).orElseGet(() -> TextPrinter.print(text)));
            case Expression.Bool bool -> Doc.text(bool.value() ? "true" : "false");
            case Expression.None none -> Doc.text("none");
            case Expression.Name name -> Doc.text(name.name());
            case Expression.ListLiteral list -> brackets.print("[", entries(list.elements()), list.span(), "]");
            case Expression.Comprehension comprehension -> comprehension(comprehension);
            case Expression.RecordLiteral literal -> record(literal);
            case Expression.Lambda lambda -> lambda(lambda);
            case Expression.Negate negate -> Doc.of(Doc.text("-"), print(negate.operand(), POWER));
            case Expression.Not not -> Doc.of(Doc.text("not "), print(not.operand(), NOT));
            case Expression.Binary binary -> chains.print(binary);
            case Expression.And and -> chains.print(and);
            case Expression.Or or -> chains.print(or);
            case Expression.Comparison comparison -> chains.print(comparison);
            case Expression.Conditional conditional -> conditional(conditional);
            case Expression.Range range -> range(range);
            case Expression.Call call -> call(call);
            case Expression.Index index -> index(index);
            case Expression.Field field -> Doc.of(print(field.target(), CALL), Doc.text("." + field.field()));
        };
    }

    /** Prints several expressions separated by commas, without brackets. */
    Doc commas(List<Expression> values) {
        FillDoc filling = new FillDoc();
        for (int i = 0; i < values.size(); i++) {
            List<Comment> comments = original.before(values.get(i).span().start());
            Doc comma = i < values.size() - 1 ? Doc.text(",") : Doc.NOTHING;
            filling.add(comments, Doc.BLANK, Doc.of(print(values.get(i)), comma));
        }
        return filling.doc();
    }

    private List<BracketPrinter.Entry> entries(List<Expression> values) {
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        for (Expression value : values) {
            entries.add(new BracketPrinter.Entry(value.span().start(), () -> print(value)));
        }
        return entries;
    }

    BracketPrinter.Entry entry(Parameter parameter) {
        return new BracketPrinter.Entry(parameter.span().start(), () -> parameter(parameter));
    }

    private Doc parameter(Parameter parameter) {
        Doc named = parameter
                .defaultValue()
                .map(value -> Doc.of(Doc.text(parameter.name() + " = "), print(value)))
                .orElse(Doc.text(parameter.name()));
        return parameter
                .allowed()
                .map(allowed -> Doc.of(named, Doc.text(" in "), allowed(allowed)))
                .orElse(named);
    }

    private Doc allowed(AllowedValues allowed) {
        FillDoc filling = new FillDoc();
        int left = allowed.choices().size();
        for (AllowedValues.Choice choice : allowed.choices()) {
            left--;
            filling.add(List.of(), Doc.BLANK, left == 0 ? choice(choice) : Doc.of(choice(choice), Doc.text(" |")));
        }
        return filling.doc();
    }

    private Doc choice(AllowedValues.Choice choice) {
        return switch (choice) {
            case AllowedValues.Choice.Interval it ->
                Doc.of(
                        Doc.text(it.fromIncluded() ? "[" : "("),
                        print(it.from()),
                        Doc.text(", "),
                        print(it.to()),
                        Doc.text(it.toIncluded() ? "]" : ")"));
            case AllowedValues.Choice.WholeFrom it -> Doc.of(print(it.from()), Doc.text(".."));
            case AllowedValues.Choice.Of it -> print(it.value());
        };
    }

    private Doc call(Expression.Call call) {
        Doc callee = print(call.callee(), CALL);
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            entries.add(new BracketPrinter.Entry(argument.span().start(), () -> argument(argument)));
        }
        return Doc.of(callee, brackets.print("(", entries, call.span(), ")"));
    }

    private Doc argument(Argument argument) {
        return argument.name().isPresent()
                ? Doc.of(Doc.text(argument.name().get() + " = "), print(argument.value()))
                : print(argument.value());
    }

    private Doc index(Expression.Index index) {
        Doc target = print(index.target(), CALL);
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        for (Subscript subscript : index.subscripts()) {
            entries.add(new BracketPrinter.Entry(subscript.span().start(), () -> subscript(subscript)));
        }
        return Doc.of(target, brackets.print("[", entries, index.span(), "]"));
    }

    private Doc subscript(Subscript subscript) {
        return switch (subscript) {
            case Subscript.At at -> print(at.index());
            case Subscript.Slice slice -> {
                boolean tight = Stream.of(slice.from(), slice.to(), slice.step())
                        .flatMap(Optional::stream)
                        .allMatch(Precedence::isTight);
                Doc from = slice.from().map(this::printOpen).orElse(Doc.NOTHING);
                String before = tight || slice.from().isEmpty() ? "" : " ";
                Doc bounds = Doc.of(from, Doc.text(before), bound(slice.to(), tight));
                yield slice.step().isEmpty()
                        ? bounds
                        : Doc.of(
                                bounds, Doc.text(tight || slice.to().isEmpty() ? "" : " "), bound(slice.step(), tight));
            }
        };
    }

    /** The colon before the end or the step of a slice, and the bound after it. */
    private Doc bound(Optional<Expression> value, boolean tight) {
        return Doc.of(
                Doc.text(tight || value.isEmpty() ? ":" : ": "),
                value.map(this::printOpen).orElse(Doc.NOTHING));
    }

    private Doc range(Expression.Range range) {
        boolean tight = isTight(range.from()) && isTight(range.to());
        Doc from = print(range.from(), SUM);
        return Doc.of(from, Doc.text(tight ? ".." : " .. "), print(range.to(), RANGE.tighter()));
    }

    private Doc record(Expression.RecordLiteral literal) {
        List<BracketPrinter.Entry> entries = new ArrayList<>();
        for (Expression.FieldValue field : literal.fields()) {
            entries.add(new BracketPrinter.Entry(
                    field.value().span().start(), () -> Doc.of(Doc.text(field.name() + ": "), print(field.value()))));
        }
        return brackets.print("{", entries, literal.span(), "}");
    }

    private Doc lambda(Expression.Lambda lambda) {
        String variables = lambda.variables().stream().map(Parameter::name).collect(Collectors.joining(", "));
        String head = lambda.variables().size() == 1 ? variables : "(" + variables + ")";
        return Doc.of(Doc.text(head + " ->"), hanging(lambda.body(), false));
    }

    /** The expression of a callable with one, after {@code =}. */
    Doc hanging(Expression value) {
        return hanging(value, hasBrackets(value) || value instanceof Expression.Lambda);
    }

    /** The value bound to a name, after {@code =}: a call of several lines breaks inside its brackets. */
    Doc assigned(Expression value) {
        List<Comment> comments = original.before(value.span().start());
        if (comments.isEmpty() && hasBrackets(value)) {
            return Doc.of(Doc.text(" "), print(value));
        }
        boolean stays = value instanceof Expression.Lambda;
        return hanging(comments, value, stays);
    }

    private static boolean hasBrackets(Expression value) {
        return Precedence.of(value) == CALL;
    }

    private Doc hanging(Expression value, boolean stays) {
        return hanging(original.before(value.span().start()), value, stays);
    }

    private Doc hanging(List<Comment> comments, Expression value, boolean stays) {
        Doc doc = print(value);
        return comments.isEmpty() ? new Doc.Hanging(doc, stays) : Doc.indented(Comments.among(comments), Doc.HARD, doc);
    }

    private Doc conditional(Expression.Conditional conditional) {
        Doc head = Doc.of(Doc.text("if "), printOpen(conditional.condition()), Doc.text(" then"));
        Doc then = branch(conditional.then(), OR);
        Doc otherwise = branch(conditional.otherwise(), CONDITIONAL);
        return Doc.aligned(Doc.of(head, then, Doc.BLANK, Doc.text("else"), otherwise));
    }

    private Doc branch(Expression value, Precedence least) {
        List<Comment> comments = original.before(value.span().start());
        Doc doc = print(value, least);
        return comments.isEmpty() ? Doc.of(Doc.text(" "), doc) : Doc.indented(Comments.among(comments), Doc.HARD, doc);
    }

    private Doc comprehension(Expression.Comprehension comprehension) {
        List<Doc> parts = new ArrayList<>();
        List<Comment> ahead = original.before(comprehension.element().span().start());
        if (!ahead.isEmpty()) {
            parts.add(Doc.of(Comments.among(ahead), Doc.HARD));
        }
        parts.add(print(comprehension.element()));
        for (Expression.Clause clause : comprehension.clauses()) {
            parts.add(Doc.BLANK);
            parts.add(clause(clause));
        }
        return brackets.around("[", Doc.aligned(Doc.group(Doc.of(parts))), comprehension.span(), "]");
    }

    private Doc clause(Expression.Clause clause) {
        return switch (clause) {
            case Expression.Clause.ForIn each ->
                Doc.of(Doc.text("for " + targets(each.targets()) + " in "), printOpen(each.iterable()));
            case Expression.Clause.If filter -> Doc.of(Doc.text("if "), printOpen(filter.condition()));
        };
    }

    static String targets(List<Statement.Target> targets) {
        return targets.stream().map(Statement.Target::name).collect(Collectors.joining(", "));
    }
}
