package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.sdescript.ast.Block;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/** Runs statements. */
final class Statements {

    /** How a statement ended. */
    private sealed interface Outcome {
        Outcome NEXT = new Next();
        Outcome BREAK = new Broken();
        Outcome CONTINUE = new Continued();

        record Next() implements Outcome {}

        record Broken() implements Outcome {}

        record Continued() implements Outcome {}

        record Returned(Value value) implements Outcome {}
    }

    private final Interpreter interpreter;
    private final Modules modules;

    Statements(Interpreter interpreter, Modules modules) {
        this.interpreter = interpreter;
        this.modules = modules;
    }

    /** The value a body returns, {@code none} where it ends without. */
    Value runBody(Block block, Environment environment) {
        return runBlock(block, environment) instanceof Outcome.Returned(Value value) ? value : Value.None.NONE;
    }

    Outcome run(Statement statement, Environment environment) {
        interpreter.session().checkInterrupted();
        return switch (statement) {
            case Statement.Bind bind -> bind(bind, environment);
            case Statement.Update update -> update(update, environment);
            case Statement.Evaluate(Expression expression, Span span) -> {
                interpreter.evaluate(expression, environment);
                yield Outcome.NEXT;
            }
            case Statement.If branch -> branch(branch, environment);
            case Statement.For loop -> loop(loop, environment);
            case Statement.While loop -> loop(loop, environment);
            case Statement.Repeat loop -> loop(loop, environment);
            case Statement.Return(var values, Span span) -> new Outcome.Returned(returned(values, environment));
            case Statement.Break(Span span) -> Outcome.BREAK;
            case Statement.Continue(Span span) -> Outcome.CONTINUE;
            case Statement.Declaration declaration ->
                declare(declaration.name(), new Closure(declaration, environment, Map.of()), environment);
            case Statement.SdeDeclaration declaration ->
                declare(declaration.name(), new ProcessDeclaration(declaration, environment, Map.of()), environment);
            case Statement.Param param ->
                declare(param.name(), modules.parameter(param, interpreter, environment), environment);
            case Statement.Import declared -> {
                modules.load(declared, interpreter, environment);
                yield Outcome.NEXT;
            }
        };
    }

    private Outcome runBlock(Block block, Environment environment) {
        for (Statement statement : block.statements()) {
            Outcome outcome = run(statement, environment);
            if (outcome != Outcome.NEXT) {
                return outcome;
            }
        }
        return Outcome.NEXT;
    }

    private static Outcome declare(String name, Value value, Environment environment) {
        environment.bind(name, value);
        return Outcome.NEXT;
    }

    private Outcome bind(Statement.Bind bind, Environment environment) {
        Value value = interpreter.evaluate(bind.value(), environment);
        assign(
                bind.targets(),
                value,
                environment,
                bind.span(),
                Origin.assigned(bind.value().span()));
        return Outcome.NEXT;
    }

    /** Binds one name to the whole value, or several to its elements. */
    private void assign(
            List<Statement.Target> targets, Value value, Environment environment, Span span, Origin origin) {
        if (targets.size() == 1) {
            environment.bind(targets.getFirst().name(), value, origin);
            return;
        }
        if (value instanceof Value.Num || value instanceof Value.Bool || value == Value.None.NONE) {
            throw Diagnostic.error("E0430", span, targets.size() + " names for " + value.kind())
                    .help("several names take a list of as many values apart")
                    .raise();
        }
        List<Value> parts = interpreter.elements(value, span);
        if (parts.size() != targets.size()) {
            throw Diagnostic.error("E0430", span, targets.size() + " names for " + told(value, parts.size()))
                    .help(
                            Tensors.isTensor(value)
                                    ? "a function that gives several values ends with `return a, b`, a lambda with `[a, b]`"
                                    : "as many names as values; one name takes the whole list")
                    .raise();
        }
        for (int i = 0; i < parts.size(); i++) {
            environment.bind(targets.get(i).name(), parts.get(i), origin);
        }
    }

    private String told(Value value, int parts) {
        return Tensors.isTensor(value)
                ? "the rows of a tensor of shape " + interpreter.tensors().shape(value)
                : parts + (parts == 1 ? " value" : " values");
    }

    private Outcome update(Statement.Update update, Environment environment) {
        String name = update.target().name();
        Value before =
                interpreter.evaluate(new Expression.Name(name, update.target().span()), environment);
        Value operand = interpreter.evaluate(update.value(), environment);
        environment.bind(name, updated(update, before, operand, environment), Origin.assigned(update.span()));
        return Outcome.NEXT;
    }

    private Value updated(Statement.Update update, Value before, Value operand, Environment environment) {
        try {
            return Arithmetic.binary(update.operator(), before, operand, interpreter.tensors(), update.span());
        } catch (SdeError error) {
            Expression target =
                    new Expression.Name(update.target().name(), update.target().span());
            List<ShapeNotes.Operand> operands =
                    List.of(new ShapeNotes.Operand(target, before), new ShapeNotes.Operand(update.value(), operand));
            throw ShapeNotes.of(error, update.span(), operands, environment, interpreter.tensors());
        }
    }

    private Value returned(List<Expression> values, Environment environment) {
        if (values.isEmpty()) {
            return Value.None.NONE;
        }
        List<Value> results = values.stream()
                .map(value -> interpreter.evaluate(value, environment))
                .toList();
        return results.size() == 1 ? results.getFirst() : new Value.ListValue(results);
    }

    private Outcome branch(Statement.If branch, Environment environment) {
        if (truth(branch.condition(), environment)) {
            return runBlock(branch.then(), environment);
        }
        return branch.otherwise().map(block -> runBlock(block, environment)).orElse(Outcome.NEXT);
    }

    private boolean truth(Expression condition, Environment environment) {
        return Comparisons.truth(interpreter.evaluate(condition, environment), interpreter, condition.span());
    }

    private Outcome loop(Statement.For loop, Environment environment) {
        Value sequence = interpreter.evaluate(loop.iterable(), environment);
        try (Sequences.Watched elements =
                Sequences.watched(sequence, interpreter, loop.iterable().span())) {
            return repeat(environment, loop.body(), () -> {
                if (!elements.hasNext()) {
                    return false;
                }
                assign(
                        loop.targets(),
                        elements.next(),
                        environment,
                        loop.span(),
                        Origin.element(loop.iterable().span()));
                return true;
            });
        }
    }

    private Outcome loop(Statement.While loop, Environment environment) {
        return repeat(environment, loop.body(), () -> truth(loop.condition(), environment));
    }

    private Outcome loop(Statement.Repeat loop, Environment environment) {
        Value count = interpreter.evaluate(loop.count(), environment);
        int times = Comparisons.integer(
                count, "the count of `repeat`", interpreter, loop.count().span());
        int[] done = {0};
        return repeat(environment, loop.body(), () -> done[0]++ < times);
    }

    /** Runs a body while it is wanted; after each round the loop's region lets go of what no name leads to. */
    private Outcome repeat(Environment environment, Block body, java.util.function.BooleanSupplier wanted) {
        Region region = interpreter.tracer() == null ? interpreter.session().openRegion() : null;
        Outcome outcome = Outcome.NEXT;
        try {
            while (wanted.getAsBoolean()) {
                interpreter.session().checkInterrupted();
                outcome = runBlock(body, environment);
                if (outcome instanceof Outcome.Returned) {
                    return outcome;
                }
                if (outcome == Outcome.BREAK) {
                    break;
                }
                if (region != null) {
                    region.sweepIfMany(environment);
                }
            }
            return Outcome.NEXT;
        } finally {
            if (region != null) {
                Reach roots = Reach.of(environment);
                interpreter
                        .session()
                        .endRegion(
                                region, outcome instanceof Outcome.Returned(Value value) ? roots.with(value) : roots);
            }
        }
    }
}
