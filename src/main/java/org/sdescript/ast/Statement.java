package org.sdescript.ast;

import java.util.List;
import java.util.Optional;
import org.sdescript.source.Span;

/** A statement: a declaration, a binding, control flow, or an expression. */
public sealed interface Statement extends SyntaxNode {

    /** {@code import "path"} or {@code import "path" as alias}. */
    record Import(String path, Optional<String> alias, Span span) implements Statement {}

    /** {@code param name = value}: a command-line option of the script. */
    record Param(String name, Expression value, Optional<String> doc, Span nameSpan, Span span) implements Statement {}

    /**
     * {@code fn name(variables; parameters) = …}, or another {@code kind} in place of {@code fn}.
     *
     * @param local true if only its own file, or a file of the library only the library, knows the name
     */
    record Declaration(
            CallableKind kind,
            String name,
            List<Parameter> variables,
            List<Parameter> parameters,
            Optional<Order> order,
            Body body,
            boolean local,
            Optional<String> doc,
            Span nameSpan,
            Span span)
            implements Statement {
        public Declaration {
            variables = List.copyOf(variables);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * {@code sde name(parameters) { … }}.
     *
     * @param local as for a callable
     */
    record SdeDeclaration(
            String name,
            List<Parameter> parameters,
            List<SdeItem> items,
            boolean local,
            Optional<String> doc,
            Span nameSpan,
            Span span)
            implements Statement {
        public SdeDeclaration {
            parameters = List.copyOf(parameters);
            items = List.copyOf(items);
        }
    }

    /** {@code a = e}; with several targets, {@code e} is a list with one element per target. */
    record Bind(List<Target> targets, Expression value, Span span) implements Statement {
        public Bind {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a binding needs a name");
            }
        }
    }

    /** {@code a += e} and the like. */
    record Update(Target target, BinaryOperator operator, Expression value, Span span) implements Statement {}

    /** An expression evaluated for its effect, or for its value at the prompt. */
    record Evaluate(Expression expression, Span span) implements Statement {}

    /** {@code if c { } else { }}; an {@code else if} is an {@link If} as the only statement of {@code otherwise}. */
    record If(Expression condition, Block then, Optional<Block> otherwise, Span span) implements Statement {}

    record For(List<Target> targets, Expression iterable, Block body, Span span) implements Statement {
        public For {
            targets = List.copyOf(targets);
        }
    }

    record While(Expression condition, Block body, Span span) implements Statement {}

    record Repeat(Expression count, Block body, Span span) implements Statement {}

    /**
     * {@code try { } catch e { }}: an error of the body runs the handler.
     *
     * @param error the name of the error within the handler, if the handler reads the error
     */
    record Try(Block body, Optional<Target> error, Block handler, Span span) implements Statement {}

    /** {@code return}, {@code return e}, {@code return a, b}. */
    record Return(List<Expression> values, Span span) implements Statement {
        public Return {
            values = List.copyOf(values);
        }
    }

    record Break(Span span) implements Statement {}

    record Continue(Span span) implements Statement {}

    /** A bound name with its position. */
    record Target(String name, Span span) {}
}
