package org.sdescript.mutate.stdlib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Body;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.mutate.stdlib.LibraryMutant.Kind;
import org.sdescript.mutate.stdlib.LibraryMutant.Range;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;

/**
 * Every mutant of a file, one for each operator, constant and name of its syntax tree. Comments, help texts and strings
 * have none, nor has the text of an error.
 */
final class LibraryMutants {
    /** A tolerance: twice as much is no other meaning, so it grows by {@link #LARGE}. */
    private static final double SMALL = 1e-6;

    private static final double LARGE = 1e6;

    private final String file;
    private final String text;
    private final LibraryNames names;
    private final RandomGenerator random;
    private final Program program;
    private final ReadableNames scope = new ReadableNames();
    private final List<LibraryMutant> mutants = new ArrayList<>();
    private Range declaration = new Range(0, 0);
    private boolean inDefaults;
    private Range place = new Range(0, 0);

    private LibraryMutants(Source source, LibraryNames names, RandomGenerator random) {
        this.file = source.name();
        this.text = source.text();
        this.names = names;
        this.random = random;
        this.program = Parser.parse(source).orThrow();
    }

    static List<LibraryMutant> of(Source source, LibraryNames names, RandomGenerator random) {
        LibraryMutants all = new LibraryMutants(source, names, random);
        all.program.statements().forEach(all::declaration);
        return all.mutants;
    }

    private void declaration(Statement statement) {
        declaration = range(statement.span());
        scope.open();
        switch (statement) {
            case Statement.Declaration declared -> {
                defaults(declared.parameters());
                scope.bind(declared.variables());
                scope.bind(declared.parameters());
                switch (declared.body()) {
                    case Body.Single body -> expression(body.expression());
                    case Body.Statements body -> body.block().statements().forEach(this::statement);
                    case Body.Native inJava -> {}
                }
            }
            case Statement.SdeDeclaration declared -> {
                defaults(declared.parameters());
                scope.bind(declared.parameters());
                declared.items().forEach(scope::bind);
                declared.items().forEach(this::item);
            }
            default -> throw new IllegalStateException(file + " holds a statement that declares nothing");
        }
        scope.close();
    }

    private void defaults(List<Parameter> parameters) {
        inDefaults = true;
        parameters.forEach(parameter -> parameter.defaultValue().ifPresent(this::expression));
        inDefaults = false;
    }

    private void item(SdeItem item) {
        scope.open();
        if (item instanceof SdeItem.LocalFunction function) {
            scope.bind(function.variables());
        }
        below(item);
        scope.close();
    }

    private void statement(Statement statement) {
        place = range(statement.span());
        if (statement instanceof Statement.For loop) {
            scope.bindTargets(loop.targets());
        }
        if (statement instanceof Statement.Update update) {
            int from = update.target().span().end();
            int to = update.value().span().start();
            operator(from, to, update.operator().symbol() + "=", otherOperator(update.operator()) + "=");
        }
        below(statement);
        if (statement instanceof Statement.Bind bind) {
            scope.bindTargets(bind.targets());
        }
    }

    private void below(SyntaxNode node) {
        for (SyntaxNode child : Children.of(node)) {
            switch (child) {
                case Expression inner -> expression(inner);
                case Statement inner -> statement(inner);
                default -> below(child);
            }
        }
    }

    private void expression(Expression expression) {
        Range outer = place;
        place = range(expression.span());
        scope.open();
        switch (expression) {
            case Expression.Number number -> replace(Kind.CONSTANT, number.span(), otherNumber(number));
            case Expression.Bool bool -> replace(Kind.CONSTANT, bool.span(), String.valueOf(!bool.value()));
            case Expression.Name name -> name(name);
            case Expression.Field field ->
                names.insteadOf(field, random).ifPresent(other -> replace(Kind.NAME, field.fieldSpan(), other));
            case Expression.Negate negate -> leaveOut(negate.span(), "-");
            case Expression.Not not -> leaveOut(not.span(), "not");
            case Expression.Binary binary ->
                between(binary.left(), binary.right(), binary.operator().symbol(), otherOperator(binary.operator()));
            case Expression.And and -> between(and.left(), and.right(), "and", "or");
            case Expression.Or or -> between(or.left(), or.right(), "or", "and");
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.Conditional choice -> swapBranches(choice);
            case Expression.Lambda lambda -> scope.bind(lambda.variables());
            case Expression.Comprehension comprehension ->
                comprehension.clauses().forEach(scope::bind);
            case Expression.None leaf -> {}
            case Expression.Text leaf -> {}
            case Expression.ListLiteral literal -> {}
            case Expression.RecordLiteral literal -> {}
            case Expression.Range range -> {}
            case Expression.Call call -> {}
            case Expression.Index index -> {}
        }
        if (!isText(expression)) {
            below(expression);
        }
        scope.close();
        place = outer;
    }

    /** A string, and the error that is made of one. */
    private static boolean isText(Expression expression) {
        return expression instanceof Expression.Text
                || expression instanceof Expression.Call call
                        && call.callee() instanceof Expression.Name name
                        && name.name().equals("fail");
    }

    private void name(Expression.Name name) {
        Optional<String> other = scope.binds(name.name())
                ? LibraryNames.other(scope.others(name.name()), name.name(), random)
                : names.insteadOf(name.name(), random);
        other.ifPresent(instead -> replace(Kind.NAME, name.span(), instead));
    }

    private void comparison(Expression.Comparison comparison) {
        for (int i = 0; i < comparison.operators().size(); i++) {
            String other =
                    switch (comparison.operators().get(i)) {
                        case EQUAL -> "!=";
                        case NOT_EQUAL -> "==";
                        case LESS -> "<=";
                        case LESS_EQUAL -> "<";
                        case GREATER -> ">=";
                        case GREATER_EQUAL -> ">";
                    };
            between(
                    comparison.operands().get(i),
                    comparison.operands().get(i + 1),
                    comparison.operators().get(i).symbol(),
                    other);
        }
    }

    private static String otherOperator(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "-";
            case SUBTRACT -> "+";
            case MULTIPLY -> "/";
            case DIVIDE, POWER, MATMUL -> "*";
            case MODULO -> "/";
        };
    }

    private static String otherNumber(Expression.Number number) {
        double value = number.value();
        if (value != 0 && Math.abs(value) < SMALL) {
            return Double.toString(value * LARGE);
        }
        return value == Math.rint(value)
                ? java.math.BigDecimal.valueOf(value)
                        .add(java.math.BigDecimal.ONE)
                        .stripTrailingZeros()
                        .toPlainString()
                : java.math.BigDecimal.valueOf(value)
                        .multiply(java.math.BigDecimal.TWO)
                        .toPlainString();
    }

    private void swapBranches(Expression.Conditional choice) {
        String condition = choice.condition().span().text();
        String then = choice.then().span().text();
        String otherwise = choice.otherwise().span().text();
        replace(Kind.OPERATOR, choice.span(), "if " + condition + " then (" + otherwise + ") else (" + then + ")");
    }

    private void leaveOut(Span span, String sign) {
        add(Kind.OPERATOR, span.start(), span.start() + sign.length(), "");
    }

    private void between(Expression left, Expression right, String symbol, String other) {
        operator(left.span().end(), right.span().start(), symbol, other);
    }

    /** Between two operands stand the operator, blanks, and parentheses that the tree does not keep. */
    private void operator(int from, int to, String symbol, String other) {
        int at = text.indexOf(symbol, from);
        if (at < 0 || at + symbol.length() > to) {
            throw new IllegalStateException("no " + symbol + " in " + file + " at " + from);
        }
        add(Kind.OPERATOR, at, at + symbol.length(), other);
    }

    private void replace(Kind kind, Span span, String replacement) {
        add(kind, span.start(), span.end(), replacement);
    }

    private void add(Kind kind, int start, int end, String replacement) {
        mutants.add(new LibraryMutant(kind, file, text, start, end, replacement, place, declaration, inDefaults));
    }

    private static Range range(Span span) {
        return new Range(span.start(), span.end());
    }
}
