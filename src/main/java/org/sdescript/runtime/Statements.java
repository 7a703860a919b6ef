package org.sdescript.runtime;

import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Block;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.check.StatementErrors;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.source.Span;

/** Runs statements. */
final class Statements {

    /** The outcome of a statement. */
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
    private final Importer modules;

    Statements(Interpreter interpreter, Importer modules) {
        this.interpreter = interpreter;
        this.modules = modules;
    }

    /** Returns the value of a body's {@code return}, or {@code none}. */
    Value runBody(Block block, Environment environment) {
        return runBlock(block, environment) instanceof Outcome.Returned(Value value) ? value : Value.None.NONE;
    }

    /** Runs a top-level statement; returns the value of an expression, else {@code none}. */
    Value value(Statement statement, Environment environment) {
        if (statement instanceof Statement.Evaluate(Expression expression, Span span)) {
            interpreter.session().stop().check();
            return unlessShown(interpreter.evaluate(expression, environment));
        }
        run(statement, environment);
        return Value.None.NONE;
    }

    /** Shows a figure that nothing uses, and returns {@code none}; returns any other value. */
    private Value unlessShown(Value value) {
        if (value instanceof Value.Shown figure) {
            figure.show(interpreter.session());
            return Value.None.NONE;
        }
        return value;
    }

    Outcome run(Statement statement, Environment environment) {
        interpreter.session().stop().check();
        return switch (statement) {
            case Statement.Bind bind -> bind(bind, environment);
            case Statement.Update update -> update(update, environment);
            case Statement.Evaluate(Expression expression, Span span) -> {
                unlessShown(interpreter.evaluate(expression, environment));
                yield Outcome.NEXT;
            }
            case Statement.If branch -> branch(branch, environment);
            case Statement.For loop -> loop(loop, environment);
            case Statement.While loop -> loop(loop, environment);
            case Statement.Repeat loop -> loop(loop, environment);
            case Statement.Try attempt -> attempt(attempt, environment);
            case Statement.Return(var values, Span span) -> new Outcome.Returned(returned(values, environment));
            case Statement.Break(Span span) -> Outcome.BREAK;
            case Statement.Continue(Span span) -> Outcome.CONTINUE;
            case Statement.Declaration declaration ->
                declare(declaration.name(), Closure.of(declaration, environment), declaration.local(), environment);
            case Statement.SdeDeclaration declaration ->
                declare(
                        declaration.name(),
                        ProcessDeclaration.of(declaration, environment),
                        declaration.local(),
                        environment);
            case Statement.Param param ->
                declare(param.name(), modules.parameter(param, interpreter, environment), false, environment);
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

    private static Outcome declare(String name, Value value, boolean local, Environment environment) {
        if (local) {
            environment.bindLocal(name, value);
        } else {
            environment.bind(name, value);
        }
        return Outcome.NEXT;
    }

    private Outcome bind(Statement.Bind bind, Environment environment) {
        Span place = bind.value().span();
        Value value = valueOrUnfinished(bind, environment);
        Destructuring.bind(bind.targets(), value, environment, interpreter, place, ValueOrigin.assigned(place));
        return Outcome.NEXT;
    }

    /**
     * Evaluates a binding. If Ctrl-C stops the call, binds the name to the partial value before the exception leaves.
     */
    private Value valueOrUnfinished(Statement.Bind bind, Environment environment) {
        try {
            return interpreter.evaluate(bind.value(), environment);
        } catch (Interruption stop) {
            Span place = bind.value().span();
            if (bind.targets().size() == 1) {
                String name = bind.targets().getFirst().name();
                interpreter.session().stop().unfinished(place).ifPresent(left -> {
                    environment.bind(name, left.value(), ValueOrigin.assigned(place));
                    interpreter.session().console().note("`" + name + "` is " + left.words());
                });
            }
            throw stop;
        }
    }

    private Outcome update(Statement.Update update, Environment environment) {
        String name = update.target().name();
        Environment holder = environment.holder(name);
        if (holder != null && holder != environment && holder.parent() != null) {
            throw StatementErrors.outer(update).raise();
        }
        Value before =
                interpreter.evaluate(new Expression.Name(name, update.target().span()), environment);
        Expression target = new Expression.Name(name, update.target().span());
        AddedElement.refuse(update.operator(), before, target, update.value(), update.span(), name + " = ");
        Value operand = interpreter.evaluate(update.value(), environment);
        environment.bind(name, updated(update, before, operand, environment), ValueOrigin.assigned(update.span()));
        return Outcome.NEXT;
    }

    private Value updated(Statement.Update update, Value before, Value operand, Environment environment) {
        try {
            return ValueArithmetic.binary(update.operator(), before, operand, interpreter.tensors(), update.span());
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
        if (isTrue(branch.condition(), environment)) {
            return runBlock(branch.then(), environment);
        }
        return branch.otherwise().map(block -> runBlock(block, environment)).orElse(Outcome.NEXT);
    }

    /**
     * Runs the handler if the body raises an error of the script. An interruption, a fault of sde, and an error that
     * ends the run pass through.
     */
    private Outcome attempt(Statement.Try attempt, Environment environment) {
        if (interpreter.tracer() != null) {
            throw StatementErrors.tryInKernel(attempt.span()).raise();
        }
        MemoryScope region = interpreter.session().memory().open();
        Outcome[] outcome = {Outcome.NEXT};
        Optional<SdeError> error;
        try {
            error = interpreter.attempt(attempt.span(), () -> outcome[0] = runBlock(attempt.body(), environment));
        } finally {
            interpreter.session().memory().end(region, () -> roots(environment, outcome[0]));
        }
        if (error.isEmpty()) {
            return outcome[0];
        }
        ErrorValue caught = new ErrorValue(error.get());
        attempt.error().ifPresent(name -> environment.bind(name.name(), caught, ValueOrigin.assigned(name.span())));
        return runBlock(attempt.handler(), environment);
    }

    private boolean goesOn(Expression condition, Environment environment) {
        Value value = interpreter.evaluate(condition, environment);
        if (value instanceof Value.TracedValue && Tensors.isTensor(value)) {
            throw Coercion.unknownInKernel(condition.span())
                    .help("in a kernel, the number of rounds of a loop must be known, as in `repeat 10 { … }`;"
                            + " `where` leaves a value unchanged after the condition has ended")
                    .raise();
        }
        return Comparisons.isTrue(value, interpreter, condition.span());
    }

    private boolean isTrue(Expression condition, Environment environment) {
        return Comparisons.isTrue(interpreter.evaluate(condition, environment), interpreter, condition.span());
    }

    private Outcome loop(Statement.For loop, Environment environment) {
        Value sequence = interpreter.evaluate(loop.iterable(), environment);
        try (ValueIteration.Watched elements = ValueIteration.watched(
                sequence, loop.targets().size(), interpreter, loop.iterable().span())) {
            return repeat(environment, loop.body(), () -> {
                if (!elements.hasNext()) {
                    return false;
                }
                Span place = loop.iterable().span();
                Destructuring.bind(
                        loop.targets(), elements.next(), environment, interpreter, place, ValueOrigin.element(place));
                return true;
            });
        }
    }

    private Outcome loop(Statement.While loop, Environment environment) {
        return repeat(environment, loop.body(), () -> goesOn(loop.condition(), environment));
    }

    private Outcome loop(Statement.Repeat loop, Environment environment) {
        Value count = interpreter.evaluate(loop.count(), environment);
        int times = Comparisons.integer(
                count, "the count of `repeat`", interpreter, loop.count().span());
        int[] done = {0};
        return repeat(environment, loop.body(), () -> done[0]++ < times);
    }

    private static Reachability roots(Environment environment, Outcome outcome) {
        Reachability roots = Reachability.of(environment);
        return outcome instanceof Outcome.Returned(Value value) ? roots.with(value) : roots;
    }

    /** Repeats a body while the condition holds; after each round the loop's region frees unreachable resources. */
    private Outcome repeat(Environment environment, Block body, java.util.function.BooleanSupplier wanted) {
        MemoryScope region =
                interpreter.tracer() == null ? interpreter.session().memory().open() : null;
        Outcome outcome = Outcome.NEXT;
        try {
            while (wanted.getAsBoolean()) {
                interpreter.session().stop().check();
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
                Outcome last = outcome;
                interpreter.session().memory().end(region, () -> roots(environment, last));
            }
        }
    }
}
