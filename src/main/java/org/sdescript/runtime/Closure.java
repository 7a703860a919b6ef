package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Statement;
import org.sdescript.source.Span;

/**
 * A declared callable with the scope of its declaration and its configuration.
 *
 * @param contract the signature known to the checker before the run
 * @param signature the signature that arguments are bound to
 */
public record Closure(
        Statement.Declaration declaration,
        org.sdescript.check.Signature contract,
        SlotTable signature,
        Environment scope,
        Map<String, Value> configuration)
        implements Callable {
    public Closure {
        configuration =
                Collections.unmodifiableMap(new LinkedHashMap<>(configuration)); // keeps the source order for printing
    }

    public static Closure of(Statement.Declaration declaration, Environment scope) {
        return taking(org.sdescript.check.Signature.of(declaration), declaration, scope);
    }

    /** Returns the callable with a more precise signature than its declaration gives. */
    public Closure taking(org.sdescript.check.Signature known) {
        return taking(known, declaration, scope);
    }

    private static Closure taking(
            org.sdescript.check.Signature known, Statement.Declaration declaration, Environment scope) {
        return new Closure(declaration, known, SlotTable.of(known), scope, Map.of());
    }

    @Override
    public Optional<CallableKind> declaredAs() {
        return Optional.of(declaration.kind());
    }

    @Override
    public List<ScoreSource> scoreSources() {
        return calledScores().stream()
                .flatMap(score -> score.scoreSources().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<Callable> calledScores() {
        return CalledScores.of(this);
    }

    @Override
    public Closure configured(Map<String, Value> given) {
        return new Closure(declaration, contract, signature, scope, given);
    }

    /**
     * Checks the body's guards before the body runs, so that the error of a wrong configuration points at the
     * configuration.
     */
    @Override
    public Value call(Interpreter interpreter, Arguments arguments) {
        ArgumentBinding binding = ArgumentBinding.bind(signature, configuration, arguments);
        GuardChecks.ask(contract, binding.given(), arguments.span());
        return binding.complete() ? invoke(interpreter, binding, arguments) : configured(binding.given());
    }

    /**
     * Leaves the bodies of all kinds but functions, schedules and samplers to the runner of kernels; evaluates these
     * directly.
     */
    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        return switch (declaration.kind()) {
            case FN, SCHEDULE, SAMPLER -> evaluate(interpreter, binding.given(), arguments.span());
            case KERNEL, LOSS, METHOD, NETWORK -> interpreter.kernels().call(this, binding.given(), arguments.span());
            case PREDICTOR, CORRECTOR -> step(interpreter, binding.given(), arguments.span());
        };
    }

    private Value step(Interpreter interpreter, Map<String, Value> given, Span call) {
        Value result = interpreter.kernels().call(this, given, call);
        if (interpreter.tracer() == null) {
            interpreter.session().sampling().watch().ifPresent(watch -> watch.look(this, given, result, call));
        }
        return result;
    }

    /** Evaluates the body with these slots bound and the defaults filled in. */
    public Value evaluate(Interpreter interpreter, Map<String, Value> given, Span call) {
        Environment local = interpreter.enter(signature, given, scope, call);
        Value result = body(interpreter, local);
        return switch (declaration.kind()) {
            case FN, KERNEL, SCHEDULE, SAMPLER, LOSS, NETWORK -> result;
            case METHOD -> ShapeChecks.ofMethod(this, result, interpreter.tensors());
            case PREDICTOR, CORRECTOR -> ShapeChecks.ofStep(this, result, state(given), interpreter.tensors());
        };
    }

    /** True for a predictor or method with the variable {@code past}, which receives the last result of the previous step. */
    boolean remembers() {
        return (declaration.kind() == CallableKind.PREDICTOR || declaration.kind() == CallableKind.METHOD)
                && signature.isVariable("past");
    }

    /** Returns the state that a predictor or corrector moves: its third variable, after the process and the score. */
    private Value state(Map<String, Value> given) {
        List<SlotTable.Slot> variables = signature.variables();
        return variables.size() < 3
                ? None.NONE
                : given.getOrDefault(variables.get(2).name(), None.NONE);
    }

    /** Returns the declared order of convergence under this configuration as the field {@code order}. */
    @Override
    public @Nullable Value field(String name) {
        Value known = Callable.super.field(name);
        return known == null && name.equals("order")
                ? GuardChecks.order(this).<Value>map(Value::number).orElse(null)
                : known;
    }

    private Value body(Interpreter interpreter, Environment local) {
        return switch (declaration.body()) {
            case Body.Single(var expression, var span) -> interpreter.evaluate(expression, local);
            case Body.Statements(var block, var span) -> interpreter.runBody(block, local);
            case Body.Native shown ->
                throw new IllegalStateException(declaration.name() + " has no body in the language");
        };
    }

    @Override
    public List<Value> children() {
        return List.copyOf(configuration.values());
    }

    /** Closures with the same declaration, scope and configuration share one kernel. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Closure its
                && its.declaration == declaration
                && its.scope == scope
                && its.configuration.equals(configuration);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(declaration) * 31 + System.identityHashCode(scope);
    }

    @Override
    public String toString() {
        return show();
    }
}
