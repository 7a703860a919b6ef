package org.sdescript.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Argument;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.workspace.script.BoundName;

/** The shapes of tensors that are certain before the run: those of literals and of functions with constant sizes. */
final class StaticShapes {
    private static final int DEEPEST = 20;
    private static final Set<String> FILLED = Set.of("zeros", "ones", "full", "randn");
    private static final Set<String> ELEMENTWISE = Set.of(
            "exp",
            "log",
            "sin",
            "cos",
            "tanh",
            "sqrt",
            "abs",
            "sigmoid",
            "relu",
            "floor",
            "ceil",
            "expm1",
            "log1p",
            "randn_like",
            "rademacher_like",
            "cumsum",
            "sort",
            "shuffle",
            "softmax");

    private final OpenText text;

    StaticShapes(OpenText text) {
        this.text = text;
    }

    /**
     * A number or a tensor.
     *
     * @param sizes the sizes of the axes; a number has none
     * @param mask true for truth values
     */
    record Shape(List<Long> sizes, boolean mask) {
        Shape {
            sizes = List.copyOf(sizes);
        }

        boolean isTensor() {
            return !sizes.isEmpty();
        }

        String words() {
            return "tensor " + sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
                    + (mask ? " of truth values" : "");
        }
    }

    /** Returns the shape of an expression's value; empty if the shape is not certain. */
    Optional<Shape> of(Expression expression) {
        return of(expression, 0);
    }

    private Optional<Shape> of(Expression expression, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return switch (expression) {
            case Expression.Number number -> Optional.of(new Shape(List.of(), false));
            case Expression.Name name -> value(name).flatMap(value -> of(value, depth + 1));
            case Expression.Negate negate -> of(negate.operand(), depth + 1);
            case Expression.Binary binary ->
                of(binary.left(), depth + 1).flatMap(left -> of(binary.right(), depth + 1)
                        .flatMap(right -> binary.operator() == BinaryOperator.MATMUL
                                ? product(left, right)
                                : broadcast(left, right, false)));
            case Expression.Comparison comparison
            when comparison.operands().size() == 2 ->
                of(comparison.operands().getFirst(), depth + 1)
                        .flatMap(left -> of(comparison.operands().getLast(), depth + 1)
                                .flatMap(right -> broadcast(left, right, true)));
            case Expression.Call(Expression.Name callee, List<Argument> arguments, var span)
            when !text.analysis().binds(callee.name(), callee.span().start()) ->
                called(callee.name(), arguments.stream().map(Argument::value).toList(), depth + 1);
            default -> Optional.empty();
        };
    }

    /** The value of a name that one statement binds, alone, and none changes. */
    private Optional<Expression> value(Expression.Name name) {
        return text.names()
                .at(name.span().start())
                .filter(bound -> bound.bindings().size() == 1
                        && !bound.isUpdated(text.analysis().program()))
                .flatMap(BoundName::node)
                .filter(node ->
                        node instanceof Statement.Bind bind && bind.targets().size() == 1)
                .map(node -> ((Statement.Bind) node).value());
    }

    private Optional<Shape> called(String function, List<Expression> arguments, int depth) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Expression first = arguments.getFirst();
        if (FILLED.contains(function)) {
            return sizes(first);
        }
        if (ELEMENTWISE.contains(function)) {
            return of(first, depth).map(shape -> new Shape(shape.sizes(), false));
        }
        return switch (function) {
            case "tensor" -> nested(first, depth).map(sizes -> new Shape(sizes, false));
            case "uniform" -> arguments.size() == 3 ? sizes(arguments.get(2)) : Optional.empty();
            case "linspace" ->
                arguments.size() == 3
                        ? whole(arguments.get(2)).map(n -> new Shape(List.of(n), false))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Shape> sizes(Expression written) {
        if (!(written instanceof Expression.ListLiteral(List<Expression> elements, var span)) || elements.isEmpty()) {
            return Optional.empty();
        }
        List<Long> sizes =
                elements.stream().flatMap(each -> whole(each).stream()).toList();
        return sizes.size() == elements.size() ? Optional.of(new Shape(sizes, false)) : Optional.empty();
    }

    private Optional<Long> whole(Expression size) {
        return switch (size) {
            case Expression.Number(double value, var written, var span)
            when value == Math.rint(value) && value >= 0 -> Optional.of((long) value);
            case Expression.Name name ->
                value(name).filter(Expression.Number.class::isInstance).flatMap(this::whole);
            default -> Optional.empty();
        };
    }

    /** The shape of nested lists of numbers, all of one length on each level. */
    private Optional<List<Long>> nested(Expression literal, int depth) {
        if (literal instanceof Expression.ListLiteral(List<Expression> elements, var span)) {
            List<Optional<List<Long>>> inner = elements.stream()
                    .map(each -> nested(each, depth))
                    .distinct()
                    .toList();
            if (inner.size() != 1 || inner.getFirst().isEmpty()) {
                return Optional.empty();
            }
            List<Long> sizes = new ArrayList<>(List.of((long) elements.size()));
            sizes.addAll(inner.getFirst().get());
            return Optional.of(sizes);
        }
        return of(literal, depth).filter(shape -> !shape.isTensor()).map(Shape::sizes);
    }

    private static Optional<Shape> product(Shape left, Shape right) {
        if (left.sizes().size() != 2
                || right.sizes().size() != 2
                || !left.sizes().get(1).equals(right.sizes().get(0))) {
            return Optional.empty();
        }
        return Optional.of(new Shape(List.of(left.sizes().get(0), right.sizes().get(1)), false));
    }

    private static Optional<Shape> broadcast(Shape left, Shape right, boolean mask) {
        int rank = Math.max(left.sizes().size(), right.sizes().size());
        List<Long> sizes = new ArrayList<>();
        for (int i = rank; i > 0; i--) {
            long a = size(left, i);
            long b = size(right, i);
            if (a != b && a != 1 && b != 1) {
                return Optional.empty();
            }
            sizes.add(a == 1 ? b : a);
        }
        return Optional.of(new Shape(sizes, mask));
    }

    private static long size(Shape shape, int fromEnd) {
        int at = shape.sizes().size() - fromEnd;
        return at < 0 ? 1 : shape.sizes().get(at);
    }
}
