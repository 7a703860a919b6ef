package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;

/** A lambda with the scope around it. */
public final class LambdaValue implements Callable {
    private final Expression.Lambda lambda;
    private final Environment scope;
    private @Nullable SlotTable signature;

    public LambdaValue(Expression.Lambda lambda, Environment scope) {
        this.lambda = lambda;
        this.scope = scope;
    }

    public Expression.Lambda lambda() {
        return lambda;
    }

    public Environment scope() {
        return scope;
    }

    /** Returns the captured values by name, without those of the standard library. */
    public Value.RecordValue captured() {
        Map<String, Value> captured = new TreeMap<>();
        Children.all(lambda.body()).forEach(node -> {
            if (node instanceof Expression.Name(String name, var span)
                    && !signature().isVariable(name)) {
                Environment holder = scope.holder(name);
                if (holder != null && holder.parent() != null) {
                    captured.put(name, holder.own(name));
                }
            }
        });
        return new Value.RecordValue(captured);
    }

    /** Returns the same lambda with these captured values. */
    public LambdaValue among(Value.RecordValue captured, Environment root) {
        Environment around = root.call(scope.isExact());
        captured.fields().forEach(around::bind);
        return new LambdaValue(lambda, around);
    }

    @Override
    public SlotTable signature() {
        if (signature == null) {
            signature = SlotTable.of("the lambda", lambda.variables(), List.of());
        }
        return signature;
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
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Environment local = interpreter.enter(signature(), binding.given(), scope, arguments.span());
        return interpreter.evaluate(lambda.body(), local);
    }

    @Override
    public String show() {
        return lambda.span().text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LambdaValue value && value.lambda == lambda && value.scope == scope;
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
