package org.sdescript.syntax;

import static org.sdescript.syntax.grammar.SdeParser.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.sdescript.ast.AllowedValues;
import org.sdescript.ast.Argument;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeParserBaseVisitor;

/** Converts the parser's expressions to records. */
final class ExpressionBuilder extends SdeParserBaseVisitor<Expression> {
    private final Spans places;
    private final SyntaxErrors mistakes;
    private final TextBuilder texts;

    ExpressionBuilder(Spans places, SyntaxErrors mistakes, int textDepth) {
        this.places = places;
        this.mistakes = mistakes;
        this.texts = new TextBuilder(places.source(), mistakes, textDepth);
    }

    Expression build(ExpressionContext context) {
        return context.accept(this);
    }

    List<Expression> build(List<ExpressionContext> contexts) {
        return each(contexts, this::build);
    }

    /**
     * Maps with a loop, because a stream's {@code map} takes five times the stack, and stack depth limits the nesting
     * of expressions.
     */
    private static <A, B> List<B> each(List<A> parts, Function<A, B> build) {
        List<B> built = new ArrayList<>(parts.size());
        for (A part : parts) {
            built.add(build.apply(part));
        }
        return built;
    }

    Optional<Expression> optional(ExpressionContext context) {
        return Optional.ofNullable(context).map(this::build);
    }

    List<Parameter> parameters(ParametersContext context) {
        return context == null
                ? List.of()
                : context.parameter().stream().map(this::parameter).toList();
    }

    private Parameter parameter(ParameterContext context) {
        return new Parameter(
                context.NAME().getText(),
                optional(context.expression()),
                allowed(context.allowed()),
                places.of(context));
    }

    private Optional<AllowedValues> allowed(List<AllowedContext> choices) {
        return choices.isEmpty()
                ? Optional.empty()
                : Optional.of(new AllowedValues(
                        choices.stream().map(this::choice).toList(),
                        places.of(choices.getFirst()).to(places.of(choices.getLast()))));
    }

    private AllowedValues.Choice choice(AllowedContext context) {
        Span span = places.of(context);
        return switch (context) {
            case IntervalContext interval ->
                new AllowedValues.Choice.Interval(
                        interval.INTERVAL().getText().equals("["),
                        build(interval.expression(0)),
                        build(interval.expression(1)),
                        interval.right.getType() == RBRACKET,
                        span);
            case AllowedValueContext value ->
                value.RANGE() == null
                        ? new AllowedValues.Choice.Of(build(value.expression()), span)
                        : new AllowedValues.Choice.WholeFrom(build(value.expression()), span);
            default -> throw new IllegalStateException(context.getText());
        };
    }

    List<Statement.Target> targets(TargetsContext context) {
        return context.NAME().stream()
                .map(name -> new Statement.Target(name.getText(), places.of(name)))
                .toList();
    }

    @Override
    public Expression visitCall(CallContext context) {
        List<Argument> arguments = context.arguments() == null
                ? List.of()
                : each(context.arguments().argument(), this::argument);
        return new Expression.Call(build(context.expression()), arguments, places.of(context));
    }

    private Argument argument(ArgumentContext context) {
        Optional<String> name = Optional.ofNullable(context.NAME()).map(TerminalNode::getText);
        return new Argument(name, build(context.expression()), places.of(context));
    }

    @Override
    public Expression visitIndex(IndexContext context) {
        List<Subscript> subscripts = each(context.subscripts().subscript(), this::subscript);
        return new Expression.Index(build(context.expression()), subscripts, places.of(context));
    }

    private Subscript subscript(SubscriptContext context) {
        return context instanceof SliceContext slice
                ? new Subscript.Slice(
                        optional(slice.from), optional(slice.to), optional(slice.step), places.of(context))
                : new Subscript.At(build(((AtContext) context).expression()), places.of(context));
    }

    @Override
    public Expression visitField(FieldContext context) {
        FieldNameContext name = context.fieldName();
        return new Expression.Field(build(context.expression()), name.getText(), places.of(name), places.of(context));
    }

    @Override
    public Expression visitNegate(NegateContext context) {
        return new Expression.Negate(build(context.expression()), places.of(context));
    }

    @Override
    public Expression visitPower(PowerContext context) {
        return binary(BinaryOperator.POWER, context.expression(), places.of(context));
    }

    @Override
    public Expression visitProduct(ProductContext context) {
        BinaryOperator operator =
                switch (context.op.getType()) {
                    case STAR -> BinaryOperator.MULTIPLY;
                    case SLASH -> BinaryOperator.DIVIDE;
                    case PERCENT -> BinaryOperator.MODULO;
                    default -> BinaryOperator.MATMUL;
                };
        return binary(operator, context.expression(), places.of(context));
    }

    @Override
    public Expression visitSum(SumContext context) {
        BinaryOperator operator = context.op.getType() == PLUS ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
        return binary(operator, context.expression(), places.of(context));
    }

    private Expression binary(BinaryOperator operator, List<ExpressionContext> operands, Span span) {
        return new Expression.Binary(operator, build(operands.getFirst()), build(operands.getLast()), span);
    }

    @Override
    public Expression visitRange(RangeContext context) {
        return new Expression.Range(build(context.expression(0)), build(context.expression(1)), places.of(context));
    }

    @Override
    public Expression visitComparison(ComparisonContext context) {
        List<Expression> operands = new ArrayList<>();
        List<ComparisonOperator> operators = new ArrayList<>();
        chain(context, operands, operators);
        return new Expression.Comparison(operands, operators, places.of(context));
    }

    /** Flattens {@code a < b < c}, parsed as {@code (a < b) < c}; written parentheses are a node of their own. */
    private void chain(ExpressionContext context, List<Expression> operands, List<ComparisonOperator> operators) {
        if (context instanceof ComparisonContext comparison) {
            chain(comparison.expression(0), operands, operators);
            operators.add(comparisonOperator(comparison.op.getType()));
            operands.add(build(comparison.expression(1)));
        } else {
            operands.add(build(context));
        }
    }

    private static ComparisonOperator comparisonOperator(int type) {
        return switch (type) {
            case EQUAL -> ComparisonOperator.EQUAL;
            case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case LESS -> ComparisonOperator.LESS;
            case LESS_EQUAL -> ComparisonOperator.LESS_EQUAL;
            case GREATER -> ComparisonOperator.GREATER;
            default -> ComparisonOperator.GREATER_EQUAL;
        };
    }

    @Override
    public Expression visitNegation(NegationContext context) {
        return new Expression.Not(build(context.expression()), places.of(context));
    }

    @Override
    public Expression visitConjunction(ConjunctionContext context) {
        return new Expression.And(build(context.expression(0)), build(context.expression(1)), places.of(context));
    }

    @Override
    public Expression visitDisjunction(DisjunctionContext context) {
        return new Expression.Or(build(context.expression(0)), build(context.expression(1)), places.of(context));
    }

    @Override
    public Expression visitConditional(ConditionalContext context) {
        return conditional(context.expression(), places.of(context));
    }

    Expression conditional(List<ExpressionContext> parts, Span span) {
        return new Expression.Conditional(build(parts.get(0)), build(parts.get(1)), build(parts.get(2)), span);
    }

    @Override
    public Expression visitLambda(LambdaContext context) {
        List<Parameter> variables = context.NAME().stream()
                .map(name -> new Parameter(name.getText(), Optional.empty(), places.of(name)))
                .toList();
        return new Expression.Lambda(variables, build(context.expression()), places.of(context));
    }

    @Override
    public Expression visitParentheses(ParenthesesContext context) {
        return build(context.expression());
    }

    @Override
    public Expression visitBrackets(BracketsContext context) {
        ElementsContext elements = context.elements();
        if (elements == null) {
            return new Expression.ListLiteral(List.of(), places.of(context));
        }
        if (elements.clause().isEmpty()) {
            return new Expression.ListLiteral(build(elements.expression()), places.of(context));
        }
        List<Expression.Clause> clauses = each(elements.clause(), this::clause);
        return new Expression.Comprehension(build(elements.expression(0)), clauses, places.of(context));
    }

    private Expression.Clause clause(ClauseContext context) {
        return context instanceof ForInContext each
                ? new Expression.Clause.ForIn(targets(each.targets()), build(each.expression()))
                : new Expression.Clause.If(build(((FilterContext) context).expression()));
    }

    @Override
    public Expression visitRecordLiteral(RecordLiteralContext context) {
        List<Expression.FieldValue> fields = each(context.entry(), this::entry);
        return new Expression.RecordLiteral(fields, places.of(context));
    }

    private Expression.FieldValue entry(EntryContext context) {
        return new Expression.FieldValue(context.fieldName().getText(), build(context.expression()));
    }

    @Override
    public Expression visitNumberLiteral(NumberLiteralContext context) {
        String text = context.getText();
        return new Expression.Number(Double.parseDouble(text.replace("_", "")), text, places.of(context));
    }

    @Override
    public Expression visitTextLiteral(TextLiteralContext context) {
        return texts.build(places.of(context));
    }

    @Override
    public Expression visitTrueLiteral(TrueLiteralContext context) {
        return new Expression.Bool(true, places.of(context));
    }

    @Override
    public Expression visitFalseLiteral(FalseLiteralContext context) {
        return new Expression.Bool(false, places.of(context));
    }

    @Override
    public Expression visitNoneLiteral(NoneLiteralContext context) {
        return new Expression.None(places.of(context));
    }

    @Override
    public Expression visitName(NameContext context) {
        return new Expression.Name(context.getText(), places.of(context));
    }

    /** Reports a differential that is not a term of an equation: inside parentheses, a condition or an argument. */
    @Override
    public Expression visitDifferential(DifferentialContext context) {
        return strayDifferential(context, places.of(context.DIFFERENTIAL()));
    }

    @Override
    public Expression visitComposed(ComposedContext context) {
        return strayDifferential(context, places.of(context.COMPOSE()));
    }

    private Expression strayDifferential(ExpressionContext context, Span place) {
        mistakes.add(
                Diagnostic.error("E0205", place, "a differential stands inside another expression")
                        .label("multiplies a whole term of an equation, and stands last in it")
                        .help(
                                "write each term as `coefficient dt` or `coefficient dw`, with sums of coefficients in parentheses"));
        return new Expression.None(places.of(context));
    }
}
