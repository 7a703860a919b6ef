package org.sdescript.syntax.format;

import java.util.List;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.SdeItem;

/** Converts the lines of an {@code sde} body to documents. */
final class SdePrinter {
    private final SourceTrivia original;
    private final ExpressionPrinter expressions;
    private final BracketPrinter brackets;

    SdePrinter(SourceTrivia original, ExpressionPrinter expressions) {
        this.original = original;
        this.expressions = expressions;
        this.brackets = new BracketPrinter(original);
    }

    Doc print(SdeItem item) {
        return switch (item) {
            case SdeItem.TimeDomain domain ->
                Doc.of(
                        Doc.text(domain.time() + " in ["),
                        expressions.commas(List.of(domain.from(), domain.to())),
                        Doc.text("]"));
            case SdeItem.ChainIndex chain ->
                Doc.of(
                        Doc.text(chain.index() + " in "),
                        expressions.print(new Expression.Range(chain.from(), chain.to(), chain.span())));
            case SdeItem.LocalValue local -> assigned(local.name() + " =", local.value());
            case SdeItem.LocalFunction function -> function(function);
            case SdeItem.Stratonovich word -> Doc.text("stratonovich");
            case SdeItem.ItoEquation equation -> equation(equation);
            case SdeItem.TransitionEquation transition ->
                assigned(transition.state() + "(" + transition.time() + ") =", transition.value());
            case SdeItem.ChainEquation chain -> assigned(chain.state() + "[" + chain.index() + "] =", chain.value());
        };
    }

    private Doc assigned(String left, Expression value) {
        return Doc.of(Doc.text(left), expressions.assigned(value));
    }

    private Doc function(SdeItem.LocalFunction function) {
        List<BracketPrinter.Entry> entries =
                function.variables().stream().map(expressions::entry).toList();
        return Doc.of(
                Doc.text(function.name() + "("),
                brackets.items(entries),
                Doc.text(") ="),
                expressions.assigned(function.value()));
    }

    private Doc equation(SdeItem.ItoEquation equation) {
        FillDoc terms = new FillDoc();
        for (int i = 0; i < equation.terms().size(); i++) {
            EquationTerm term = equation.terms().get(i);
            List<Comment> comments = original.before(term.span().start());
            Doc doc = i == 0 && term.negated()
                    ? Doc.of(Doc.text("-"), term(term, leastAfterMinus(term)))
                    : term(term, Precedence.PRODUCT);
            String next =
                    i + 1 < equation.terms().size() ? sign(equation.terms().get(i + 1)) : "";
            terms.add(comments, Doc.BLANK, Doc.of(doc, Doc.text(next)));
        }
        return Doc.of(Doc.text("d" + equation.state() + " = "), terms.doc());
    }

    private static String sign(EquationTerm behind) {
        return behind.negated() ? " -" : " +";
    }

    /**
     * The least precedence after a leading minus: the parser extends a minus to the whole term through {@code *},
     * {@code /} and {@code @} only, hence {@code -(a % b) dt}.
     */
    private static Precedence leastAfterMinus(EquationTerm term) {
        return term.coefficient()
                        .filter(its -> Precedence.isTight(its) || isMatrixProduct(its))
                        .isPresent()
                ? Precedence.PRODUCT
                : Precedence.NEGATION;
    }

    /** True for {@code a*b @ c}, whose first factor the minus stands before. */
    private static boolean isMatrixProduct(Expression coefficient) {
        return coefficient instanceof Expression.Binary product
                && product.operator() == BinaryOperator.MATMUL
                && (Precedence.isTight(product.left()) || isMatrixProduct(product.left()));
    }

    private Doc term(EquationTerm term, Precedence least) {
        String before = term.stratonovich() ? "∘ " : term.matrix() ? "@ " : "";
        String differential = before + term.differential();
        return term.coefficient()
                .map(coefficient -> Doc.of(expressions.print(coefficient, least), Doc.text(" " + differential)))
                .orElse(Doc.text(differential));
    }
}
