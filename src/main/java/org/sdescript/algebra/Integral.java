package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sdescript.algebra.Condition.Relation;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Antiderivatives by rules: the {@link IntegralTable}, {@link RationalIntegral partial fractions}, {@link
 * IntegrationByParts parts} and {@link IntegrationBySubstitution}, tried in turn on each term. Every result is verified
 * by differentiation before it is returned.
 */
public final class Integral {
    private static final int DEEPEST = 6;

    /** Attempts after which the search gives up. */
    private static final int MOST_ATTEMPTS = 600;

    /** Parts of expressions that a search may build, about half a second's work. */
    private static final long BUDGET = 400_000;

    /** Replaces the variable in the keys of {@code failed}, so that renamed integrands share an entry. */
    private static final Symbol ANY = Expr.symbol("∫");

    private final Assumptions under;
    private int attempts;

    /** Integrands whose search failed or is under way, with the depth of that search. */
    private final Map<Expr, Integer> failed = new HashMap<>();

    private Integral(Assumptions under) {
        this.under = under;
    }

    /** Returns a verified antiderivative; empty if the rules find none. */
    public static Optional<Expr> of(Expr integrand, Symbol by) {
        return of(integrand, by, Assumptions.NONE);
    }

    /**
     * Like {@link #of(Expr, Symbol)}, under assumptions on the parameters, such as a > 0 in exp(−a t²). Named functions
     * stay named if possible.
     */
    public static Optional<Expr> of(Expr integrand, Symbol by, Assumptions under) {
        return all(integrand, by, under).findFirst();
    }

    /** Finds antiderivatives of the integrand as written, and of the integrand with named functions expanded. */
    static Stream<Expr> all(Expr integrand, Symbol by, Assumptions under) {
        Expr plain = integrand.expandCalls();
        return Stream.of(integrand, plain)
                .distinct()
                .flatMap(form -> found(form, by, under).stream())
                .filter(found -> Equality.probably(Derivative.of(found.expandCalls(), by), plain, under));
    }

    private static Optional<Expr> found(Expr e, Symbol by, Assumptions under) {
        try {
            return DerivationBudget.within(
                    BUDGET, () -> new Integral(under).search(e, by, 0).map(found -> Refinement.of(found, under)));
        } catch (ArithmeticException none) {
            return Optional.empty();
        }
    }

    /** Returns the integral between two limits; empty if no antiderivative is found or it has no value at a limit. */
    public static Optional<Expr> between(Expr integrand, Symbol by, Expr from, Expr to) {
        return of(integrand, by).flatMap(found -> difference(found, by, from, to));
    }

    /** Returns the difference of an antiderivative at two limits; empty if it has no value at one of them. */
    public static Optional<Expr> difference(Expr antiderivative, Symbol by, Expr from, Expr to) {
        return at(antiderivative, by, to)
                .flatMap(upper -> at(antiderivative, by, from).map(lower -> Expansion.of(upper.minus(lower))));
    }

    private static Optional<Expr> at(Expr e, Symbol symbol, Expr value) {
        try {
            return Optional.of(e.with(symbol, value));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    private Optional<Expr> search(Expr e, Symbol t, int depth) {
        if (e.isFreeOf(t)) {
            return Optional.of(e.times(t));
        }
        if (depth > DEEPEST || attempts >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        // an integrand that recurs within its own search leads nowhere
        Expr key = e.with(t, ANY);
        if (failed.getOrDefault(key, DEEPEST + 1) <= depth) {
            return Optional.empty();
        }
        attempts++;
        failed.put(key, depth);
        Optional<Expr> found = attempt(e, t, depth);
        if (found.isPresent()) {
            failed.remove(key);
        }
        return found;
    }

    private Optional<Expr> attempt(Expr e, Symbol t, int depth) {
        return Optional.of(e)
                .filter(product -> product instanceof Expr.Product)
                .flatMap(product -> IntegralTable.ofExponentials(product, t))
                .or(() -> byKernels(e, t, depth))
                .or(() -> {
                    Expr expanded = Expansion.of(e);
                    return expanded.equals(e) ? Optional.empty() : byKernels(expanded, t, depth);
                })
                .or(() -> depth > 0 ? Optional.empty() : substitutions(t, depth).chain(e));
    }

    private IntegrationBySubstitution substitutions(Symbol t, int depth) {
        return new IntegrationBySubstitution(t, Expr.symbol("∫" + depth), (inner, u) -> search(inner, u, depth + 1));
    }

    /**
     * Integrates Σ (polynomial · kernel), each kernel by itself: t exp(t²) and exp(t²) may share a substitution that
     * neither has alone.
     */
    private Optional<Expr> byKernels(Expr e, Symbol t, int depth) {
        Map<Expr, Expr> polynomials = new LinkedHashMap<>();
        for (Expr term : Term.termsOf(e)) {
            Expr polynomial = polynomialPart(term, t);
            polynomials.merge(term.over(polynomial), polynomial, Expr::plus);
        }
        List<Expr> total = new ArrayList<>();
        for (Map.Entry<Expr, Expr> entry : polynomials.entrySet()) {
            Optional<Expr> part = product(entry.getValue(), entry.getKey(), t, depth);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            total.add(part.get());
        }
        return Optional.of(Expr.sum(total));
    }

    /** Returns the factors that are free of t or whole powers of t. */
    private static Expr polynomialPart(Expr term, Symbol t) {
        List<Expr> factors = new ArrayList<>();
        for (Expr factor : Term.factorsOf(term)) {
            if (factor.isFreeOf(t) || Polynomial.degree(factor, t) > 0) {
                factors.add(factor);
            }
        }
        return Expr.product(factors);
    }

    private Optional<Expr> product(Expr polynomial, Expr kernel, Symbol t, int depth) {
        if (kernel.isOne()) {
            return Polynomial.of(polynomial, t).map(Integral::ofPolynomial);
        }
        if (polynomial.isFreeOf(t)) {
            Optional<Expr> known = IntegralTable.of(kernel, t, under)
                    .or(() -> IntegrationByParts.cyclic(kernel, t))
                    .or(() -> named(kernel, t));
            if (known.isPresent()) {
                return known.map(polynomial::times);
            }
        }
        Expr whole = polynomial.times(kernel);
        IntegrationBySubstitution substitutions = substitutions(t, depth);
        List<Supplier<Optional<Expr>>> ways = List.of(
                () -> RationalIntegral.of(whole, t, under),
                () -> new IntegrationByParts(t, rest -> search(rest, t, depth + 1)).of(polynomial, kernel),
                () -> waves(whole, t, depth),
                () -> substitutions.chain(whole),
                () -> substitutions.linear(whole),
                () -> substitutions.root(whole),
                () -> substitutions.exponential(hyperbolicsInExponentials(whole)),
                () -> substitutions.halfAngle(whole),
                () -> branches(whole, t, depth),
                () -> rewritten(whole, Expansion.of(hyperbolicsInExponentials(whole)), t, depth));
        return ways.stream().flatMap(way -> tried(way).stream()).findFirst();
    }

    /** Runs a method; a division by zero in it counts as no result. */
    private static Optional<Expr> tried(Supplier<Optional<Expr>> way) {
        try {
            return way.get();
        } catch (Undefined singular) {
            return Optional.empty();
        }
    }

    private Optional<Expr> waves(Expr whole, Symbol t, int depth) {
        Expr expanded = Expansion.of(whole);
        return rewritten(expanded, TrigonometricSums.inSum(expanded), t, depth);
    }

    private Optional<Expr> rewritten(Expr before, Expr after, Symbol t, int depth) {
        return after.equals(before) ? Optional.empty() : search(after, t, depth + 1);
    }

    /** Integrates the derivative of a named function: β̇(t) → β(t). */
    private static Optional<Expr> named(Expr kernel, Symbol t) {
        return kernel instanceof Call c && c.order() > 0 && c.arguments().equals(List.of(t))
                ? Optional.of(Expr.call(c.definition(), c.arguments(), c.order() - 1))
                : Optional.empty();
    }

    private static Expr ofPolynomial(Polynomial p) {
        List<Expr> terms = new ArrayList<>();
        p.coefficients().forEach((n, c) -> terms.add(Expr.product(c, p.symbol().pow(n + 1), Expr.ratio(1, n + 1))));
        return Expr.sum(terms);
    }

    private static Expr hyperbolicsInExponentials(Expr e) {
        Expr inner = e.mapChildren(Integral::hyperbolicsInExponentials);
        if (!(inner instanceof Apply a)) {
            return inner;
        }
        Expr up = Expr.exp(a.argument());
        Expr down = Expr.exp(a.argument().negate());
        return switch (a.function()) {
            case SINH -> up.minus(down).times(Expr.HALF);
            case COSH -> up.plus(down).times(Expr.HALF);
            case TANH -> up.minus(down).over(up.plus(down));
            case EXP, LOG, SIN, COS, TAN, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P -> a;
        };
    }

    /**
     * Integrates |u|, min, max and choices anywhere in the integrand branch by branch; the two antiderivatives are
     * joined continuously at u = 0.
     */
    private Optional<Expr> branches(Expr whole, Symbol t, int depth) {
        return firstBranch(whole, t).flatMap(node -> asChoice(node).flatMap(choice -> {
            Expr then = whole.replace(node, choice.then());
            Expr otherwise = whole.replace(node, choice.otherwise());
            return joined(choice.condition(), then, otherwise, t, depth);
        }));
    }

    private static Optional<Expr> firstBranch(Expr e, Symbol t) {
        if (!e.isFreeOf(t) && asChoice(e).isPresent()) {
            return Optional.of(e);
        }
        return e.children().stream()
                .flatMap(child -> firstBranch(child, t).stream())
                .findFirst();
    }

    private static Optional<Choice> asChoice(Expr factor) {
        return switch (factor) {
            case Choice c -> Optional.of(c);
            case Apply a
            when a.function() == Elementary.ABS ->
                choice(a.argument(), a.argument(), a.argument().negate());
            case Apply a when a.function() == Elementary.SIGN -> choice(a.argument(), Expr.ONE, Expr.of(-1));
            case Apply a
            when a.function() == Elementary.MAX ->
                choice(
                        a.arguments().get(0).minus(a.arguments().get(1)),
                        a.arguments().get(0),
                        a.arguments().get(1));
            case Apply a
            when a.function() == Elementary.MIN ->
                choice(
                        a.arguments().get(0).minus(a.arguments().get(1)),
                        a.arguments().get(1),
                        a.arguments().get(0));
            case Expr other -> Optional.empty();
        };
    }

    private static Optional<Choice> choice(Expr u, Expr then, Expr otherwise) {
        return Expr.choice(new Condition(Relation.NON_NEGATIVE, u), then, otherwise) instanceof Choice c
                ? Optional.of(c)
                : Optional.empty();
    }

    private Optional<Expr> joined(Condition condition, Expr then, Expr otherwise, Symbol t, int depth) {
        Optional<Expr> first = search(then, t, depth + 1);
        Optional<Expr> second = first.isEmpty() ? first : search(otherwise, t, depth + 1);
        if (second.isEmpty()) {
            return Optional.empty();
        }
        Expr a = first.get();
        Expr b = second.get();
        if (condition.of().isFreeOf(t)) {
            return Optional.of(Expr.choice(condition, a, b));
        }
        return Polynomial.line(condition.of(), t).map(line -> {
            Expr edge = line.coefficient(0).negate().over(line.coefficient(1));
            return Expr.choice(condition, a.minus(a.with(t, edge)), b.minus(b.with(t, edge)));
        });
    }
}
