package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Admissibility;
import org.sdescript.process.Affinity;
import org.sdescript.process.Chain;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.LazyField;
import org.sdescript.process.Process;
import org.sdescript.process.StochasticInterpolant;
import org.sdescript.process.Stratonovich;
import org.sdescript.process.TimeDomain;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.DerivativeCut;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.MatrixParameter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** Builds a process from an {@code sde} body: evaluates its lines as formulas in t and the states. */
final class ProcessFormation {
    private static final double EARLIEST = 1e-5;

    private final Interpreter interpreter;
    private final Statement.SdeDeclaration declaration;
    private final Environment scope;
    private String time = "t";
    private double from = EARLIEST;
    private double to = 1;

    ProcessFormation(Interpreter interpreter, Statement.SdeDeclaration declaration, Environment scope) {
        this.interpreter = interpreter;
        this.declaration = declaration;
        this.scope = scope;
    }

    Process form() {
        items(SdeItem.TimeDomain.class).forEach(this::domain);
        bindSymbols();
        Optional<ChainFormation> chain =
                items(SdeItem.ChainIndex.class).stream().findFirst().map(this::chain);
        declaration.items().forEach(this::bindLocal);
        Process process = equations(chain);
        Admissibility.fault(process).ifPresent(fault -> {
            throw fault.at(place()).raise();
        });
        return withStarts(withPrior(process));
    }

    private void domain(SdeItem.TimeDomain domain) {
        time = domain.time();
        from = end(domain.from(), "the start of time", domain.span());
        to = end(domain.to(), "the end of time", domain.span());
        if (!Double.isFinite(from) || !Double.isFinite(to) || from >= to) {
            throw Diagnostic.error(
                            "E0611",
                            domain.span(),
                            "time runs from " + ValueText.number(from) + " to " + ValueText.number(to)
                                    + ", which is no interval")
                    .help("write a finite interval, the smaller time first: `" + time + " in [0.001, 1]`")
                    .raise();
        }
        requireStartAtZero(domain);
    }

    private double end(Expression written, String what, Span span) {
        Value value = interpreter.evaluate(written, scope);
        DerivativeCut.requireConstant(value, what, interpreter, span);
        return Coercion.number(value, what, span);
    }

    private void requireStartAtZero(SdeItem.TimeDomain domain) {
        if (from < 0) {
            throw Diagnostic.error(
                            "E0670",
                            domain.span(),
                            "time begins at " + ValueText.number(from) + ", before 0, the time of the data")
                    .help("begin at 0 or later, and write the coefficients as functions of the time since the"
                            + " begin")
                    .raise();
        }
    }

    /** Returns the span of the first equation, to which errors of the process point. */
    private Span place() {
        return declaration.items().stream()
                .filter(item -> item instanceof SdeItem.ItoEquation
                        || item instanceof SdeItem.TransitionEquation
                        || item instanceof SdeItem.ChainEquation)
                .map(SdeItem::span)
                .findFirst()
                .orElse(declaration.nameSpan());
    }

    private void bindSymbols() {
        scope.bind(time, symbolic(time));
        items(SdeItem.ItoEquation.class).forEach(equation -> scope.bind(equation.state(), symbolic(equation.state())));
    }

    private void bindLocal(SdeItem item) {
        if (item instanceof SdeItem.LocalValue(String name, Expression value, Span nameSpan, Span span)) {
            scope.bind(name, interpreter.evaluate(value, scope));
        } else if (item instanceof SdeItem.LocalFunction local) {
            Body body = new Body.Single(local.value(), local.value().span());
            Statement.Declaration function = new Statement.Declaration(
                    CallableKind.SCHEDULE,
                    local.name(),
                    local.variables(),
                    List.of(),
                    Optional.empty(),
                    body,
                    true,
                    Optional.empty(),
                    local.nameSpan(),
                    local.span());
            scope.bind(local.name(), Closure.of(function, scope));
        }
    }

    private ChainFormation chain(SdeItem.ChainIndex index) {
        ChainFormation chain = new ChainFormation(interpreter, scope, time, index);
        chain.bind(items(SdeItem.ChainEquation.class));
        return chain;
    }

    private Process equations(Optional<ChainFormation> chain) {
        List<SdeItem.ItoEquation> ito = items(SdeItem.ItoEquation.class);
        if (!ito.isEmpty()) {
            return itoProcess(ito);
        }
        List<SdeItem.ChainEquation> steps = items(SdeItem.ChainEquation.class);
        if (!steps.isEmpty() && chain.isPresent()) {
            Chain formed = chain.get().form(steps);
            if (MatrixFormation.concerns(Stream.concat(formed.mean().stream(), formed.spread().stream()))) {
                throw Diagnostic.error("E0690", place(), "a matrix stands in the chain of " + declaration.name())
                        .help("write the equation in continuous time: `dx = -A@x dt + dw`")
                        .raise();
            }
            return formed.limit(declaration.name(), from, to);
        }
        return items(SdeItem.TransitionEquation.class).stream()
                .findFirst()
                .map(this::transitionProcess)
                .orElseThrow(this::withoutEquation);
    }

    private RuntimeException withoutEquation() {
        return Diagnostic.error("E0613", declaration.nameSpan(), "the sde " + declaration.name() + " has no equation")
                .help("write one, such as `dx = -1/2*x dt + dw`")
                .raise();
    }

    private Process itoProcess(List<SdeItem.ItoEquation> equations) {
        List<String> noises = equations.stream()
                .flatMap(equation -> equation.terms().stream())
                .filter(term -> !term.isDrift())
                .map(term -> term.differential().substring(1))
                .distinct()
                .toList();
        List<Expr> drift = new ArrayList<>();
        List<List<Expr>> diffusion = new ArrayList<>();
        List<List<Expr>> stratonovich = new ArrayList<>();
        boolean all = !items(SdeItem.Stratonovich.class).isEmpty();
        for (SdeItem.ItoEquation equation : equations) {
            drift.add(total(equation, term -> term.isDrift()));
            diffusion.add(row(equation, noises, false));
            stratonovich.add(row(equation, noises, !all));
        }
        List<Expr.Symbol> states = equations.stream()
                .map(equation -> Expr.symbol(equation.state()))
                .toList();
        if (MatrixFormation.concerns(
                Stream.concat(drift.stream(), diffusion.stream().flatMap(List::stream)))) {
            return withMatrices(states, noises, drift, diffusion, stratonovich);
        }
        Process written = Process.of(declaration.name(), Expr.symbol(time), from, to, states, noises, drift, diffusion);
        return new Stratonovich(written, stratonovich).itoForm();
    }

    private Process withMatrices(
            List<Expr.Symbol> states,
            List<String> noises,
            List<Expr> drift,
            List<List<Expr>> diffusion,
            List<List<Expr>> stratonovich) {
        if (states.size() > 1) {
            throw Diagnostic.error(
                            "E0690",
                            place(),
                            "a matrix couples the components of one state, and " + declaration.name() + " has "
                                    + states.size())
                    .help("join the states to one vector, and the matrices to one matrix of blocks")
                    .raise();
        }
        MatrixFormation.Formed formed = MatrixFormation.of(
                interpreter,
                declaration.name(),
                states.getFirst(),
                drift.getFirst(),
                diffusion.getFirst(),
                stratonovich.getFirst(),
                place());
        Process written = Process.of(
                declaration.name(),
                Expr.symbol(time),
                from,
                to,
                states,
                noises,
                List.of(formed.drift()),
                List.of(formed.diffusion()));
        Process coupled = formed.basis()
                .map(written::in)
                .orElseGet(() -> written.by(
                        new MatrixDynamics(written, formed.size(), interpreter.tensors(), place(), new LazyField<>())));
        return new Stratonovich(coupled, List.of(formed.stratonovich())).itoForm();
    }

    private List<Expr> row(SdeItem.ItoEquation equation, List<String> noises, boolean onlyStratonovich) {
        return noises.stream()
                .map(noise -> total(
                        equation,
                        term -> term.differential().equals("d" + noise) && (term.stratonovich() || !onlyStratonovich)))
                .toList();
    }

    private Expr total(SdeItem.ItoEquation equation, java.util.function.Predicate<EquationTerm> chosen) {
        List<Expr> terms =
                equation.terms().stream().filter(chosen).map(this::coefficient).toList();
        return Expr.sum(terms);
    }

    private Expr coefficient(EquationTerm term, Expression written) {
        Expr coefficient = formula(written, scope);
        return term.matrix() ? MatrixParameter.matrix(coefficient, written.span()) : coefficient;
    }

    private Expr coefficient(EquationTerm term) {
        Expr coefficient = term.coefficient()
                .map(expression -> coefficient(term, expression))
                .orElse(Expr.ONE);
        return term.negated() ? coefficient.negate() : coefficient;
    }

    /**
     * Builds the process from x(t) = s x(0) + b noise, or the path from x(t) = a x(0) + b x(1) + γ noise: the derivatives by
     * x(0), x(1) and noise are the coefficients.
     */
    private Process transitionProcess(SdeItem.TransitionEquation equation) {
        Expr.Symbol start = StochasticInterpolant.start(equation.state());
        Expr.Symbol end = StochasticInterpolant.end(equation.state());
        Expr.Symbol noise = StochasticInterpolant.NOISE;
        Environment local = scope.call(true);
        local.bind(equation.state(), endsOf(start, end));
        local.bind("noise", new Value.FormulaValue(noise));
        local.bind(equation.time(), symbolic(time));
        Expr whole = formula(equation.value(), local);
        if (MatrixFormation.concerns(Stream.of(whole))) {
            throw Diagnostic.error(
                            "E0690", equation.span(), "a matrix stands in the transition of " + declaration.name())
                    .help("write the equation, from which the transition is derived: `dx = -A@x dt + dw`")
                    .raise();
        }
        boolean hasTwoEnds = !whole.isFreeOf(end);
        if (!Affinity.isAffine(whole, List.of(start, end, noise))) {
            throw Diagnostic.error(
                            "E0614",
                            equation.span(),
                            hasTwoEnds
                                    ? "a path is a(t)*x(0) + b(t)*x(1) + m(t) + gamma(t)*noise and nothing else"
                                    : "a transition is s(t)*x(0) + m(t) + b(t)*noise and nothing else")
                    .raise();
        }
        if (hasTwoEnds) {
            return pathProcess(equation, whole);
        }
        Expr signal = Derivative.of(whole, start);
        Expr spread = Derivative.of(whole, noise);
        if (Simplification.of(signal).isZero()) {
            throw Diagnostic.error(
                            "E0672",
                            equation.span(),
                            "the transition of " + declaration.name() + " does not hold " + start.name())
                    .note("the transition never depends on the data, so there is nothing to train or to reverse")
                    .help("write how much of it is left: `" + equation.state() + "(" + time + ") = (1 - " + time + ")*"
                            + start.name() + " + " + time + "*noise`")
                    .raise();
        }
        Expr offset = whole.with(Map.of(start, Expr.ZERO, noise, Expr.ZERO));
        return Process.ofTransition(
                declaration.name(), Expr.symbol(time), from, to, Expr.symbol(equation.state()), signal, offset, spread);
    }

    private static Value endsOf(Expr.Symbol start, Expr.Symbol end) {
        return Builtin.named(start.name(), "time").is(call -> {
            double which = call.number("time");
            if (which != 0 && which != 1) {
                throw call.diagnostic("E0614", "a transition starts from x(0), a path joins x(0) and x(1)")
                        .help("write `" + start.name() + "`, or `" + end.name() + "` for the law at the last time")
                        .raise();
            }
            return new Value.FormulaValue(which == 0 ? start : end);
        });
    }

    /** Builds the path between two laws; with a stated prior, x(1) is noise and the path has a transition. */
    private Process pathProcess(SdeItem.TransitionEquation equation, Expr whole) {
        Expr.Symbol start = StochasticInterpolant.start(equation.state());
        Expr.Symbol end = StochasticInterpolant.end(equation.state());
        if (items(SdeItem.TimeDomain.class).isEmpty()) {
            from = 0;
        }
        StochasticInterpolant path = new StochasticInterpolant(
                Expr.symbol(time),
                new TimeDomain(from, to),
                Expr.symbol(equation.state()),
                Derivative.of(whole, start),
                Derivative.of(whole, end),
                whole.with(Map.of(start, Expr.ZERO, end, Expr.ZERO, StochasticInterpolant.NOISE, Expr.ZERO)),
                Derivative.of(whole, StochasticInterpolant.NOISE));
        return statedPrior()
                .map(prior -> path.endingInNoise(
                        declaration.name(),
                        formula(prior.mean(), equation.span()),
                        formula(prior.std(), equation.span())))
                .orElseGet(() -> Process.ofPath(declaration.name(), path));
    }

    /** Returns the prior that the body states for a process of one state. */
    private Optional<NormalValue> statedPrior() {
        return items(SdeItem.LocalValue.class).stream()
                .filter(local -> local.name().equals("prior"))
                .findFirst()
                .map(local -> normal(scope.bound("prior"), local.span()));
    }

    private Process withPrior(Process process) {
        Optional<SdeItem.LocalValue> given = items(SdeItem.LocalValue.class).stream()
                .filter(local -> local.name().equals("prior"))
                .findFirst();
        if (given.isEmpty() || process.stated().path().isPresent()) {
            return process;
        }
        Span span = given.get().span();
        Value prior = scope.bound("prior");
        List<NormalValue> laws = process.states().size() == 1
                ? List.of(normal(prior, span))
                : process.states().stream()
                        .map(state -> normal(ofState(prior, state.name(), span), span))
                        .toList();
        List<Expr> means = laws.stream().map(law -> formula(law.mean(), span)).toList();
        List<Expr> stds = laws.stream().map(law -> formula(law.std(), span)).toList();
        Optional<ComponentBasis> basis = ComponentBasis.of(process);
        return basis.isPresent()
                ? process.withPrior(
                        List.of(MatrixFormation.coordinates(
                                means.getFirst(), basis.get(), interpreter.tensors(), span)),
                        List.of(MatrixFormation.sameForAll(stds.getFirst(), basis.get(), span)))
                : process.withPrior(means, stds);
    }

    /** Adds the initial laws of states that are not data. */
    private Process withStarts(Process process) {
        Optional<SdeItem.LocalValue> given = items(SdeItem.LocalValue.class).stream()
                .filter(local -> local.name().equals("start"))
                .findFirst();
        if (given.isEmpty()) {
            return process;
        }
        Span span = given.get().span();
        Map<String, Value> laws = startLaws(scope.bound("start"), span);
        Map<Expr.Symbol, InitialLaw> starts = new HashMap<>();
        for (Expr.Symbol state : process.states()) {
            if (laws.get(state.name()) instanceof NormalValue law) {
                starts.put(state, new InitialLaw(startNumber(law.mean(), span), startNumber(law.std(), span)));
            }
        }
        if (starts.size() < laws.size() || starts.size() == process.states().size()) {
            throw Diagnostic.error(
                            "E0655",
                            span,
                            "`start` names " + (laws.isEmpty() ? "nothing" : String.join(", ", laws.keySet()))
                                    + ", but must name some of the states "
                                    + process.states().stream()
                                            .map(Expr.Symbol::name)
                                            .collect(Collectors.joining(", ")))
                    .help("give a normal law for each state that is not data, and none for the data")
                    .raise();
        }
        return process.startingFrom(starts);
    }

    private static Map<String, Value> startLaws(Value start, Span span) {
        return switch (start) {
            case Value.RecordValue(var fields)
            when fields.values().stream().allMatch(NormalValue.class::isInstance) -> fields;
            case IndependentStates independent -> new LinkedHashMap<>(independent.laws());
            default ->
                throw Coercion.mismatch(
                        start,
                        "`start`",
                        "a record with a normal distribution for each state that is not data: `{v: normal()}`",
                        span);
        };
    }

    /** Returns the law of one state from a record or independent laws, the prior of a system. */
    private static Value ofState(Value prior, String state, Span span) {
        if (prior instanceof Value.RecordValue(var fields) && fields.get(state) instanceof Value law) {
            return law;
        }
        if (prior instanceof IndependentStates independent && independent.laws().containsKey(state)) {
            return independent.laws().get(state);
        }
        throw Coercion.mismatch(
                prior,
                "`prior`",
                "a record with a normal distribution for each state: `{" + state + ": normal(), …}`",
                span);
    }

    private static NormalValue normal(Value prior, Span span) {
        if (prior instanceof NormalValue law) {
            return law;
        }
        throw wrongPrior(prior, span);
    }

    /** Returns a number of the prior as a formula; a tensor of shape [] by a name that the body knows it by. */
    private Expr formula(Value value, Span span) {
        return switch (Formulas.named(nameOf(value), value, interpreter.tensors(), span)) {
            case Value.FormulaValue(Expr expression) -> expression;
            case Value other -> throw wrongPrior(other, span);
        };
    }

    private String nameOf(Value value) {
        return scope.ownNames().stream()
                .filter(name -> value.equals(scope.own(name)))
                .sorted()
                .findFirst()
                .orElse("prior");
    }

    /** Returns a number of the law that a state starts from; a derivative does not go through these laws. */
    private double startNumber(Value value, Span span) {
        DerivativeCut.requireConstant(value, "the law of `start`", interpreter, span);
        return Coercion.number(value, "a number of `start`", span);
    }

    private static RuntimeException wrongPrior(Value value, Span span) {
        return Coercion.mismatch(value, "`prior`", "a normal distribution such as `normal(std = 50)`", span);
    }

    private Expr formula(Expression expression, Environment around) {
        Value value = interpreter.evaluate(expression, around.isExact() ? around : around.call(true));
        return Formulas.expression(value, expression.span());
    }

    private static Value symbolic(String name) {
        return new Value.FormulaValue(Expr.symbol(name));
    }

    private <T extends SdeItem> List<T> items(Class<T> form) {
        return declaration.items().stream()
                .filter(form::isInstance)
                .map(form::cast)
                .toList();
    }
}
