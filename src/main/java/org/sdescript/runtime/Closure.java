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

/** A declared callable together with the names around its declaration and what has been configured. */
public record Closure(Statement.Declaration declaration, Environment scope, Map<String, Value> configuration)
        implements Callable {
    public Closure {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration)); // prints in the order written
    }

    @Override
    public Signature signature() {
        return Signature.of(declaration.name(), declaration.variables(), declaration.parameters());
    }

    @Override
    public Optional<CallableKind> declaredAs() {
        return Optional.of(declaration.kind());
    }

    @Override
    public Closure configured(Map<String, Value> given) {
        return new Closure(declaration, scope, given);
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
        Environment local = interpreter.enter(signature(), given, scope, call);
        Value result = body(interpreter, local);
        return switch (declaration.kind()) {
            case FN, SCHEDULE, SAMPLER, LOSS, NETWORK -> result;
            case PREDICTOR, CORRECTOR -> Fit.ofStep(this, result, state(given), interpreter.tensors());
        };
    }

    /** What a predictor or corrector moves: the third of its variables, after the process and the score. */
    private Value state(Map<String, Value> given) {
        List<Signature.Slot> variables = signature().variables();
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
        return other instanceof Closure(var its, var itsScope, var itsConfiguration)
                && its == declaration
                && itsScope == scope
                && itsConfiguration.equals(configuration);
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
