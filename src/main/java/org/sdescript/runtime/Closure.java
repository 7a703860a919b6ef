package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Statement;
import org.sdescript.source.Span;

/**
 * A declared callable together with the names around its declaration and what has been configured.
 *
 * @param contract what is known of the declaration before running
 * @param signature what it takes, as arguments are bound to it
 */
public record Closure(
        Statement.Declaration declaration,
        org.sdescript.check.Signature contract,
        Signature signature,
        Environment scope,
        Map<String, Value> configuration)
        implements Callable {
    public Closure {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration)); // prints in the order written
    }

    static Closure of(Statement.Declaration declaration, Environment scope) {
        return taking(org.sdescript.check.Signature.of(declaration), declaration, scope);
    }

    /** The callable where more is known of what it takes than its declaration says. */
    public Closure taking(org.sdescript.check.Signature known) {
        return taking(known, declaration, scope);
    }

    private static Closure taking(
            org.sdescript.check.Signature known, Statement.Declaration declaration, Environment scope) {
        return new Closure(declaration, known, Signature.of(known), scope, Map.of());
    }

    @Override
    public Optional<CallableKind> declaredAs() {
        return Optional.of(declaration.kind());
    }

    @Override
    public Closure configured(Map<String, Value> given) {
        return new Closure(declaration, contract, signature, scope, given);
    }

    /** Asks the body's guards before the body runs, so that a mistaken configuration is told where it is written. */
    @Override
    public Value call(Interpreter interpreter, Arguments arguments) {
        Binding binding = Binding.bind(signature, configuration, arguments);
        Guards.ask(contract, binding.given(), arguments.span());
        return binding.complete() ? invoke(interpreter, binding, arguments) : configured(binding.given());
    }

    /** A loss, predictor or corrector that meets a tensor runs as a kernel; anything else is walked. */
    @Override
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        return switch (declaration.kind()) {
            case FN, SCHEDULE, SAMPLER -> evaluate(interpreter, binding.given(), arguments.span());
            case LOSS -> interpreter.kernels().call(this, binding.given(), arguments.span());
            case PREDICTOR, CORRECTOR -> step(interpreter, binding.given(), arguments.span());
            case NETWORK -> interpreter.networks().call(this, binding.given(), arguments.span());
        };
    }

    private Value step(Interpreter interpreter, Map<String, Value> given, Span call) {
        Value result = interpreter.kernels().call(this, given, call);
        if (interpreter.tracer() == null) {
            interpreter.session().watch().ifPresent(watch -> watch.look(this, given, result, call));
        }
        return result;
    }

    /** Walks the body with these slots bound, defaults filled in. */
    Value evaluate(Interpreter interpreter, Map<String, Value> given, Span call) {
        Environment local = interpreter.enter(signature, given, scope, call);
        Value result = body(interpreter, local);
        return switch (declaration.kind()) {
            case FN, SCHEDULE, SAMPLER, LOSS, NETWORK -> result;
            case PREDICTOR, CORRECTOR -> Fit.ofStep(this, result, state(given), interpreter.tensors());
        };
    }

    /** Whether it is a predictor with a sixth variable, by which it gets back what it returned third in the step before. */
    boolean remembers() {
        return declaration.kind() == CallableKind.PREDICTOR
                && signature.variables().size() > 5;
    }

    /** What a predictor or corrector moves: the third of its variables, after the process and the score. */
    private Value state(Map<String, Value> given) {
        List<Signature.Slot> variables = signature.variables();
        return variables.size() < 3 ? None.NONE : given.get(variables.get(2).name());
    }

    private Value body(Interpreter interpreter, Environment local) {
        return switch (declaration.body()) {
            case Body.Single(var expression, var span) -> interpreter.evaluate(expression, local);
            case Body.Statements(var block, var span) -> interpreter.runBody(block, local);
        };
    }

    @Override
    public List<Value> children() {
        return List.copyOf(configuration.values());
    }

    /** Two closures are the same kernel if they are the same text in the same scope with the same configuration. */
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
