package org.sdescript.syntax;

import static org.sdescript.syntax.grammar.SdeParser.*;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.sdescript.ast.Differentials;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.SdeItem;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Converts the lines of an {@code sde} body to records; distinguishes equations from local values and functions. */
final class SdeBuilder {
    private final Spans places;
    private final SyntaxErrors mistakes;
    private final ExpressionBuilder expressions;
    private final EquationBuilder equations;

    SdeBuilder(Spans places, SyntaxErrors mistakes, ExpressionBuilder expressions) {
        this.places = places;
        this.mistakes = mistakes;
        this.expressions = expressions;
        this.equations = new EquationBuilder(places, mistakes, expressions);
    }

    List<SdeItem> build(List<SdeLineContext> lines) {
        List<SdeItemContext> items = lines.stream()
                .map(SdeLineContext::sdeItem)
                .filter(Objects::nonNull)
                .filter(item -> mistakes.none() || WholePhrase.isWhole(item))
                .toList();
        Set<String> states = states(items);
        return items.stream().flatMap(item -> item(item, states).stream()).toList();
    }

    /** The states with a certain equation, which has a differential on its right side. */
    private static Set<String> states(List<SdeItemContext> items) {
        Set<String> states = new HashSet<>();
        for (SdeItemContext item : items) {
            if (item instanceof AssignmentContext line
                    && namesDifferential(line)
                    && EquationBuilder.mentionsDifferential(line.expression())) {
                states.add(state(line));
            }
        }
        return states;
    }

    private static boolean namesDifferential(AssignmentContext line) {
        String name = line.NAME().getText();
        return Differentials.isPossible(name);
    }

    private static String state(AssignmentContext line) {
        return line.NAME().getText().substring(1);
    }

    private Optional<SdeItem> item(SdeItemContext item, Set<String> states) {
        return switch (item) {
            case DomainContext domain -> domain(domain);
            case FunctionContext function -> Optional.of(function(function));
            case ChainContext chain -> chain(chain);
            case AssignmentContext line -> assignment(line, states);
            case WordContext word -> word(word);
            default -> throw new IllegalStateException("an sde line without a builder: " + item.getText());
        };
    }

    private Optional<SdeItem> domain(DomainContext line) {
        String name = line.NAME().getText();
        return switch (expressions.build(line.expression())) {
            case Expression.ListLiteral bounds
            when bounds.elements().size() == 2 ->
                Optional.of(new SdeItem.TimeDomain(
                        name, bounds.elements().getFirst(), bounds.elements().getLast(), places.of(line)));
            case Expression.Range range ->
                Optional.of(new SdeItem.ChainIndex(name, range.from(), range.to(), places.of(line)));
            default -> {
                mistakes.add(Diagnostic.error(
                                "E0206", places.of(line.expression()), "this is neither a time domain nor a range")
                        .label("expected `[a, b]` or `a..b`")
                        .help("write `t in [1e-5, 1]` for a time, `i in 1..1000` for the index of a chain"));
                yield Optional.empty();
            }
        };
    }

    private SdeItem function(FunctionContext line) {
        String name = line.NAME().getText();
        List<Parameter> variables = expressions.parameters(line.parameters());
        Expression value = expressions.build(line.expression());
        Span nameSpan = places.of(line.NAME());
        boolean oneTime =
                variables.size() == 1 && variables.getFirst().defaultValue().isEmpty();
        return oneTime && isTransition(name, line.expression())
                ? new SdeItem.TransitionEquation(name, variables.getFirst().name(), value, nameSpan, places.of(line))
                : new SdeItem.LocalFunction(name, variables, value, nameSpan, places.of(line));
    }

    /** True for a right side that contains noise or the initial state: only a transition does. */
    private static boolean isTransition(String state, ParseTree right) {
        boolean here =
                switch (right) {
                    case NameContext name -> name.getText().equals("noise");
                    case CallContext call ->
                        bare(call.expression()).equals(state)
                                && call.arguments() != null
                                && bare(call.arguments()).equals("0");
                    default -> false;
                };
        boolean within = here;
        for (int i = 0; i < right.getChildCount() && !within; i++) {
            within = isTransition(state, right.getChild(i));
        }
        return within;
    }

    /** The text without parentheses and separators. */
    private static String bare(ParseTree phrase) {
        return phrase.getText().replaceAll("[(),;]", "");
    }

    private Optional<SdeItem> chain(ChainContext line) {
        if (line.expression(0) instanceof NameContext index) {
            return Optional.of(new SdeItem.ChainEquation(
                    line.NAME().getText(),
                    index.getText(),
                    expressions.build(line.expression(1)),
                    places.of(line.NAME()),
                    places.of(line)));
        }
        mistakes.add(Diagnostic.error("E0207", places.of(line.expression(0)), "a chain is written for its index")
                .label("expected a name such as `i`")
                .help("write `" + line.NAME().getText() + "[i] = …`, with `i in 1..1000` on a line of its own"));
        return Optional.empty();
    }

    private Optional<SdeItem> assignment(AssignmentContext line, Set<String> states) {
        Span nameSpan = places.of(line.NAME());
        if (isEquation(line, states)) {
            String state = state(line);
            Span stateSpan = places.source().span(nameSpan.start() + 1, nameSpan.end());
            return Optional.of(new SdeItem.ItoEquation(
                    state, equations.build(state, line.expression()), stateSpan, places.of(line)));
        }
        if (EquationBuilder.mentionsDifferential(line.expression())) {
            String name = line.NAME().getText();
            mistakes.add(Diagnostic.error("E0208", nameSpan, "the left side of this equation is no differential")
                    .label("the right side has one")
                    .help("write `d" + name + " = …` for the change of " + name));
            return Optional.empty();
        }
        return Optional.of(new SdeItem.LocalValue(
                line.NAME().getText(), expressions.build(line.expression()), nameSpan, places.of(line)));
    }

    private static boolean isEquation(AssignmentContext line, Set<String> states) {
        return namesDifferential(line)
                && (EquationBuilder.mentionsDifferential(line.expression())
                        || states.contains(state(line))
                        || mentions(state(line), line.expression()));
    }

    private static boolean mentions(String name, ParseTree tree) {
        if (tree instanceof NameContext) {
            return tree.getText().equals(name);
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (mentions(name, tree.getChild(i))) {
                return true;
            }
        }
        return false;
    }

    private Optional<SdeItem> word(WordContext line) {
        if (line.getText().equals("stratonovich")) {
            return Optional.of(new SdeItem.Stratonovich(places.of(line)));
        }
        mistakes.add(
                Diagnostic.error("E0209", places.of(line), "this line of an sde has no effect")
                        .help(
                                "a line is `t in [a, b]`, `name = value`, `name(t) = value`, an equation, or the word `stratonovich`"));
        return Optional.empty();
    }
}
