package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.sdescript.ast.Expression;

/** A lambda with the names around it. */
public record LambdaValue(Expression.Lambda lambda, Environment scope) implements Callable {

    @Override
    public Signature signature() {
        return Signature.of("the lambda", lambda.variables(), List.of());
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    @Override
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        Environment local = interpreter.enter(signature(), binding.given(), scope, arguments.span());
        return interpreter.evaluate(lambda.body(), local);
    }

    @Override
    public String show() {
        return lambda.span().text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LambdaValue(var its, var itsScope) && its == lambda && itsScope == scope;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(lambda) * 31 + System.identityHashCode(scope);
    }

    @Override
    public String toString() {
        return show();
    }
}
