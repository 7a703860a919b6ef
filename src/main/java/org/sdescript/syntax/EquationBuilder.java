package org.sdescript.syntax;

import static org.sdescript.syntax.grammar.SdeParser.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Differentials;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Splits the right side of {@code dx = f dt + g dw} into terms. The parser sees an ordinary sum in which a differential
 * multiplies; the split into terms happens here.
 */
final class EquationBuilder {
    private final Spans places;
    private final SyntaxErrors mistakes;
    private final ExpressionBuilder expressions;

    EquationBuilder(Spans places, SyntaxErrors mistakes, ExpressionBuilder expressions) {
        this.places = places;
        this.mistakes = mistakes;
        this.expressions = expressions;
    }

    /** A term as written; {@code differential} is absent if the term has none. */
    private record Term(
            boolean negated,
            ExpressionContext whole,
            Optional<ExpressionContext> coefficient,
            boolean stratonovich,
            boolean matrix,
            Optional<Token> differential) {

        Term ofMatrix() {
            return new Term(negated, whole, coefficient, stratonovich, true, differential);
        }

        Term minus() {
            return new Term(!negated, whole, coefficient, stratonovich, matrix, differential);
        }
    }

    /** True if the right side contains a differential. */
    static boolean mentionsDifferential(ExpressionContext right) {
        return hasDifferential(right)
                || split(right).stream().anyMatch(term -> term.differential().isPresent());
    }

    private static boolean hasDifferential(ParseTree tree) {
        if (tree instanceof DifferentialContext || tree instanceof ComposedContext) {
            return true;
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (hasDifferential(tree.getChild(i))) {
                return true;
            }
        }
        return false;
    }

    List<EquationTerm> build(String state, ExpressionContext right) {
        List<Term> terms = split(right);
        boolean drifts = terms.stream().anyMatch(term -> term.differential()
                .map(Token::getText)
                .filter(Differentials.TIME::equals)
                .isPresent());
        List<EquationTerm> built = new ArrayList<>();
        for (Term term : terms) {
            if (term.differential().isPresent()) {
                built.add(term(term, term.differential().get()));
            } else {
                mistakes.add(lacking(state, term, drifts));
            }
        }
        return built;
    }

    private static List<Term> split(ExpressionContext right) {
        List<Term> terms = new ArrayList<>();
        split(right, false, terms);
        return terms;
    }

    private static void split(ExpressionContext part, boolean negated, List<Term> terms) {
        if (part instanceof SumContext sum) {
            split(sum.expression(0), negated, terms);
            split(sum.expression(1), sum.op.getType() == MINUS, terms);
        } else {
            Term term = read(part);
            terms.add(negated ? term.minus() : term);
        }
    }

    private static Term read(ExpressionContext part) {
        return switch (part) {
            case DifferentialContext product ->
                term(part, product.expression(), false, product.DIFFERENTIAL().getSymbol());
            case ComposedContext composed ->
                term(part, composed.expression(), true, composed.NAME().getSymbol());
            case ProductContext product
            when product.op.getType() == STAR && isDifferential(product.expression(1)) ->
                term(part, product.expression(0), false, product.expression(1).getStart());
            case ProductContext product
            when product.op.getType() == AT && isDifferential(product.expression(1)) ->
                term(part, product.expression(0), false, product.expression(1).getStart())
                        .ofMatrix();
            case NegateContext minus
            when isDifferential(minus.expression()) ->
                term(part, null, false, minus.expression().getStart()).minus();
            case NameContext name when isDifferential(name) -> term(part, null, false, name.getStart());
            default -> new Term(false, part, Optional.empty(), false, false, Optional.empty());
        };
    }

    private static Term term(
            ExpressionContext whole,
            @Nullable ExpressionContext coefficient,
            boolean stratonovich,
            Token differential) {
        return new Term(false, whole, Optional.ofNullable(coefficient), stratonovich, false, Optional.of(differential));
    }

    private static boolean isDifferential(ExpressionContext part) {
        return part instanceof NameContext && Differentials.isCertain(part.getText());
    }

    private EquationTerm term(Term term, Token differential) {
        Optional<Expression> coefficient = term.coefficient().map(expressions::build);
        boolean negated = term.negated();
        while (coefficient.filter(EquationBuilder::startsNegated).isPresent()) {
            coefficient = coefficient.map(EquationBuilder::withoutMinus);
            negated = !negated;
        }
        return new EquationTerm(
                negated,
                coefficient,
                term.stratonovich(),
                term.matrix(),
                differential.getText(),
                places.of(differential),
                places.of(term.whole()));
    }

    /**
     * True if the coefficient begins with a minus. A minus binds tighter than a product, so it belongs to the first
     * factor; it is the sign of the whole term.
     */
    private static boolean startsNegated(Expression coefficient) {
        return switch (coefficient) {
            case Expression.Negate minus -> true;
            case Expression.Binary product -> isProduct(product) && startsNegated(product.left());
            default -> false;
        };
    }

    private static Expression withoutMinus(Expression coefficient) {
        return switch (coefficient) {
            case Expression.Negate minus -> minus.operand();
            case Expression.Binary product ->
                new Expression.Binary(
                        product.operator(), withoutMinus(product.left()), product.right(), product.span());
            default -> coefficient;
        };
    }

    private static boolean isProduct(Expression.Binary binary) {
        return binary.operator() == BinaryOperator.MULTIPLY
                || binary.operator() == BinaryOperator.DIVIDE
                || binary.operator() == BinaryOperator.MATMUL;
    }

    private Diagnostic lacking(String state, Term term, boolean drifts) {
        Span place = places.of(term.whole());
        if (hasDifferential(term.whole())) {
            return Diagnostic.error("E0205", place, "the equation of " + state + " is not linear in its differentials")
                    .label("a differential must be the last factor of a term, once")
                    .help(
                            "write each term as `coefficient dt` or `coefficient dw`; a sum of coefficients takes parentheses");
        }
        String message = drifts
                ? "a term in the equation of " + state + " has no differential"
                : "the drift of " + state + " has no differential";
        return Diagnostic.error("E0203", place, message)
                .label("expected `dt` or a noise such as `dw` after this term")
                .help("write `" + place.text() + " dt`")
                .fix(place, place.text() + " dt");
    }
}
