package org.sdescript.ast;

import java.util.List;
import org.sdescript.source.Span;

/** An expression. Parentheses have no node: the tree's shape expresses them. */
public sealed interface Expression extends SyntaxNode {

    /** {@code text} is the literal as written, for exact reading. */
    record Number(double value, String text, Span span) implements Expression {}

    /** A string; several parts if it interpolates. */
    record Text(List<TextPart> parts, Span span) implements Expression {
        public Text {
            parts = List.copyOf(parts);
        }
    }

    record Bool(boolean value, Span span) implements Expression {}

    record None(Span span) implements Expression {}

    record Name(String name, Span span) implements Expression {}

    record ListLiteral(List<Expression> elements, Span span) implements Expression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    /** {@code [f(v) for v in e if c for …]}. */
    record Comprehension(Expression element, List<Clause> clauses, Span span) implements Expression {
        public Comprehension {
            clauses = List.copyOf(clauses);
        }
    }

    /** {@code {mean: m, std: s}}. */
    record RecordLiteral(List<FieldValue> fields, Span span) implements Expression {
        public RecordLiteral {
            fields = List.copyOf(fields);
        }
    }

    /** {@code t -> e}, {@code (x, t) -> e}. */
    record Lambda(List<Parameter> variables, Expression body, Span span) implements Expression {
        public Lambda {
            variables = List.copyOf(variables);
        }
    }

    record Negate(Expression operand, Span span) implements Expression {}

    record Not(Expression operand, Span span) implements Expression {}

    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}

    record And(Expression left, Expression right, Span span) implements Expression {}

    record Or(Expression left, Expression right, Span span) implements Expression {}

    /** {@code operands.get(i) operators.get(i) operands.get(i + 1)} for every i. */
    record Comparison(List<Expression> operands, List<ComparisonOperator> operators, Span span) implements Expression {
        public Comparison {
            operands = List.copyOf(operands);
            operators = List.copyOf(operators);
            if (operators.isEmpty() || operands.size() != operators.size() + 1) {
                throw new IllegalArgumentException("a comparison of " + operands.size() + " operands");
            }
        }
    }

    /** {@code if c then a else b}. */
    record Conditional(Expression condition, Expression then, Expression otherwise, Span span) implements Expression {}

    /** {@code a..b}, both ends included. */
    record Range(Expression from, Expression to, Span span) implements Expression {}

    record Call(Expression callee, List<Argument> arguments, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Index(Expression target, List<Subscript> subscripts, Span span) implements Expression {
        public Index {
            subscripts = List.copyOf(subscripts);
        }
    }

    record Field(Expression target, String field, Span fieldSpan, Span span) implements Expression {}

    record FieldValue(String name, Expression value) {}

    /** A part of a string: literal text, or {@code {value:format}}; the format may be empty. */
    sealed interface TextPart {
        record Literal(String text) implements TextPart {}

        record Interpolation(Expression value, String format) implements TextPart {}
    }

    /** A clause of a comprehension. */
    sealed interface Clause {
        record ForIn(List<Statement.Target> targets, Expression iterable) implements Clause {
            public ForIn {
                targets = List.copyOf(targets);
            }
        }

        record If(Expression condition) implements Clause {}
    }
}
