package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.IntervalIntegral;
import org.sdescript.algebra.Latex;
import org.sdescript.algebra.MathMl;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.process.Process;
import org.sdescript.process.ProcessEquivalence;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FormulaFunction;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.Explainable;
import org.sdescript.runtime.process.NormalValue;
import org.sdescript.runtime.process.ProcessValue;

/** The algebra of formulas, for lambdas, schedules, functions and expressions in the bodies of processes. */
public final class AlgebraFunctions implements BuiltinLibrary {
    /** The name of a limit that is a tensor of shape [], in the formula of the integral. */
    private static final String LIMIT = "limit";

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("simplify", AlgebraFunctions::simplified),
                Map.entry("diff", AlgebraFunctions::derivative),
                Map.entry("integrate", AlgebraFunctions::integral),
                Map.entry("equal", AlgebraFunctions::equal),
                Map.entry("latex", call -> Value.text(latex(call))),
                Map.entry("mathml", call -> Value.text(mathml(call))));
    }

    private static String latex(Call call) {
        return switch (call.value("d")) {
            case Explainable derived -> derived.latex();
            case NormalValue normal
            when normal.prior().isPresent() -> normal.prior().get().latex();
            case Value formula -> Latex.of(formula(call, "d"));
        };
    }

    private static String mathml(Call call) {
        return call.value("d") instanceof Explainable derived ? derived.mathml() : MathMl.displayed(latex(call));
    }

    /** Returns the value of a slot as an expression: a formula itself, or the body of a function. */
    private static Expr formula(Call call, String slot) {
        return call.value(slot) instanceof Callable function
                ? body(call, function)
                : Formulas.expression(call.value(slot), call.span());
    }

    private static Expr body(Call call, Callable function) {
        return function instanceof FormulaFunction formula
                ? formula.body()
                : Formulas.definition(
                                call.interpreter(),
                                function,
                                function.signature().name(),
                                call.span())
                        .body();
    }

    private static List<Symbol> variables(Callable function) {
        return function.signature().variables().stream()
                .map(slot -> Expr.symbol(slot.name()))
                .toList();
    }

    /** Returns the result as a function of the same variables if the given value is a function, else as a formula. */
    private static Value like(Value given, Expr result) {
        return given instanceof Callable function
                ? new FormulaFunction(variables(function), result)
                : new Value.FormulaValue(result);
    }

    private static Value simplified(Call call) {
        UnaryOperator<Expr> simplify = e -> Simplification.of(e.expandCalls(), assumptions(call));
        return like(call.value("e"), simplify.apply(formula(call, "e")));
    }

    private static Assumptions assumptions(Call call) {
        return switch (call.value("positive")) {
            case Value.None none -> Assumptions.NONE;
            case Value.Text(String name) -> Assumptions.positive(Expr.symbol(name));
            case Value.FormulaValue(Symbol symbol) -> Assumptions.positive(symbol);
            case Value names ->
                Assumptions.positive(Coercion.list(names, "`positive` of " + call.name(), call.span()).stream()
                        .map(name -> Expr.symbol(Coercion.text(name, "a name in `positive`", call.span())))
                        .toArray(Symbol[]::new));
        };
    }

    private static Value derivative(Call call) {
        if (!(call.value("f") instanceof Callable function)) {
            return new Value.FormulaValue(
                    Derivative.of(Formulas.expression(call.value("f"), call.span()), symbol(call)));
        }
        Subject subject = Subject.of(call, function);
        return subject.at(call, Simplification.of(Derivative.of(subject.body(), subject.variable())));
    }

    /** Returns the variable of a formula that t names. */
    private static Symbol symbol(Call call) {
        return switch (call.value("t")) {
            case Value.FormulaValue(Symbol symbol) -> symbol;
            case Value.Text(String name) -> Expr.symbol(name);
            case Value other ->
                throw Coercion.mismatch(other, "`t` of " + call.name(), "a variable of a formula", call.span());
        };
    }

    /**
     * A function and its variable of differentiation or integration.
     *
     * @param variables the variables of the resulting function
     */
    private record Subject(List<Symbol> variables, Symbol variable, Expr body) {
        static Subject of(Call call, Callable function) {
            List<Symbol> variables = AlgebraFunctions.variables(function);
            Expr body = AlgebraFunctions.body(call, function);
            if (variables.isEmpty()) {
                throw call.error("E0631", call.name() + " takes a function of at least one variable");
            }
            if (!(call.value("t") instanceof Value.Text(String name))) {
                return new Subject(variables, variables.getFirst(), body);
            }
            Symbol named = Expr.symbol(name);
            if (variables.contains(named)) {
                return new Subject(variables, named, body);
            }
            if (variables.size() > 1) {
                throw unknownVariable(call, name, variables);
            }
            return new Subject(List.of(named), named, body.with(variables.getFirst(), named));
        }

        /** Returns the result as a function if t is a name or missing, else the value of the result at t. */
        Value at(Call call, Expr result) {
            FormulaFunction function = new FormulaFunction(variables, result);
            Value t = call.value("t");
            if (t instanceof Value.Text || t == Value.None.NONE) {
                return function;
            }
            requireOne(call);
            return call.interpreter().call(function, call.span(), t);
        }

        private void requireOne(Call call) {
            if (variables.size() > 1) {
                throw call.diagnostic(
                                "E0631", "a value for one of " + variables.size() + " variables leaves the others open")
                        .help("name the variable, as in `" + call.name() + "(f, "
                                + variables.getFirst().name() + ")`, and call the result")
                        .raise();
            }
        }
    }

    private static SdeError unknownVariable(Call call, String name, List<Symbol> variables) {
        List<String> names = variables.stream().map(Symbol::name).toList();
        Optional<String> close = Spelling.nearestOfFew(name, names);
        String written = close.orElse(names.getFirst());
        return call.diagnostic(
                        "E0631", "`" + name + "` is no variable of the function, which has " + String.join(", ", names))
                .help((close.isPresent() || names.size() == 1 ? "write `" : "name one of them, as in `") + call.name()
                        + "(f, " + written + ")`")
                .raise();
    }

    private static Value integral(Call call) {
        Optional<Value> t = call.given("t");
        Optional<Value> a = call.given("a");
        Optional<Value> b = call.given("b");
        boolean named = t.isEmpty() || t.get() instanceof Value.Text;
        if (!(call.value("f") instanceof Callable function)) {
            Symbol by = symbol(call);
            return new Value.FormulaValue(antiderivative(call, Formulas.expression(call.value("f"), call.span()), by));
        }
        Subject subject = Subject.of(call, function);
        if (named && a.isEmpty()) {
            Expr found = antiderivative(call, subject.body(), subject.variable());
            return new FormulaFunction(subject.variables(), found);
        }
        Value zero = Value.number(0);
        return named
                ? definite(call, subject, b.isPresent() ? a.get() : zero, b.orElse(a.get()))
                : definite(call, subject, a.isPresent() ? t.get() : zero, a.orElse(t.get()));
    }

    private static Expr antiderivative(Call call, Expr integrand, Symbol by) {
        IntervalIntegral.Found found = IntervalIntegral.everywhere(integrand, by, assumptions(call))
                .orElseThrow(() -> call.diagnostic("E0630", "no antiderivative was found")
                        .help("with limits, as in `integrate(f, 0, 1)`, the integral is computed in numbers; a"
                                + " schedule may also define the integral, and another its derivative by `diff`")
                        .raise());
        if (found.step().isPresent()) {
            double step = Math.rint(found.step().getAsDouble() * 1000) / 1000;
            throw call.diagnostic("E0646", "the antiderivative found has a jump that the integral does not have")
                    .note("near " + UnicodeNames.spelled(by.name()) + " = " + Text.of(step + 0.0)
                            + "; on each side of the jump the antiderivative is right: "
                            + Simplification.of(found.antiderivative()))
                    .help("with limits, as in `integrate(f, 0, 1)`, the integral is computed in numbers")
                    .raise();
        }
        return Simplification.of(found.antiderivative());
    }

    private static Value definite(Call call, Subject subject, Value from, Value to) {
        List<Symbol> others = new ArrayList<>(subject.variables());
        others.remove(subject.variable());
        if (others.isEmpty() && isNumber(from) && isNumber(to)) {
            return new DefiniteIntegral(subject.body(), subject.variable(), limit(from), limit(to)).value(call);
        }
        Expr result = between(call, subject, formulaOf(call, from), formulaOf(call, to));
        if (!others.isEmpty()) {
            return new FormulaFunction(others, result);
        }
        return new Value.FormulaValue(result);
    }

    /** True for a number and for a tensor of shape [], which a derivative may follow. */
    private static boolean isNumber(Value value) {
        return value instanceof Value.Num
                || value instanceof Value.TensorValue(var tensor)
                        && tensor.dtype().isFloating()
                        && tensor.shape().rank() == 0;
    }

    private static DefiniteIntegral.Limit limit(Value value) {
        return value instanceof Value.TensorValue(var tensor)
                ? new DefiniteIntegral.Limit(tensor.peek()[0], value)
                : new DefiniteIntegral.Limit(((Value.Num) value).value(), value);
    }

    /** Returns a limit or place as a formula; it is one number, and known, as long as a trace does not run. */
    private static Expr formulaOf(Call call, Value value) {
        return value instanceof Value.TensorLike && !isNumber(value)
                ? Formulas.expression(value, call.span())
                : Formulas.expression(Formulas.named(LIMIT, value, call.tensors(), call.span()), call.span());
    }

    private static Expr between(Call call, Subject subject, Expr from, Expr to) {
        Expr found = antiderivative(call, subject.body(), subject.variable());
        return Integral.difference(found, subject.variable(), from, to)
                .map(difference -> Simplification.of(difference, assumptions(call)))
                .orElseThrow(() -> call.error("E0644", "the antiderivative has no value at a limit"));
    }

    private static boolean isProcess(Value value) {
        return value instanceof ProcessValue || value instanceof ProcessDeclaration;
    }

    private static Value equal(Call call) {
        if (isProcess(call.value("f")) || isProcess(call.value("g"))) {
            Process p = ProcessValue.argument(call, "f").process();
            Process q = ProcessValue.argument(call, "g").process();
            return Value.Bool.of(ProcessEquivalence.covers(p, q) && ProcessEquivalence.covers(q, p));
        }
        Expr f = formula(call, "f");
        Expr g = alike(call, formula(call, "g"));
        return switch (Equality.decide(f, g, assumptions(call))) {
            case EQUAL -> Value.Bool.TRUE;
            case DIFFERENT -> Value.Bool.FALSE;
            case UNDECIDED ->
                throw call.diagnostic("E0643", "it is undecided whether the two are equal")
                        .note("both agree to 40 digits at every point tried, but algebra does not prove that"
                                + " they are equal")
                        .help("`simplify` both, or say which variables are positive: `equal(f, g, positive = \"x\")`")
                        .raise();
        };
    }

    /** Renames the variables of g by position to those of f. */
    private static Expr alike(Call call, Expr g) {
        if (!(call.value("f") instanceof Callable left) || !(call.value("g") instanceof Callable right)) {
            return g;
        }
        List<Symbol> names = variables(left);
        List<Symbol> others = variables(right);
        if (names.size() != others.size()) {
            throw call.error(
                    "E0638",
                    "functions of " + names.size() + " and of " + others.size() + " variables cannot be compared");
        }
        java.util.Map<Symbol, Expr> renamed = new java.util.HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            renamed.put(others.get(i), names.get(i));
        }
        return g.with(renamed);
    }
}
