package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.AxisOrigin;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Adds notes to shape errors: for each operand, the binding of its name and, in a kernel, the operation that set the
 * mismatched sizes.
 */
public final class ShapeNotes {
    private static final Set<String> WITHOUT = Set.of(
            "E0511", "E0512", "E0513", "E0514", "E0530", "E0531", "E0532", "E0533", "E0540", "E0541", "E0564", "E0565");
    private static final int MOST = 8;

    /** A subexpression and its value. */
    record Operand(Expression expression, Value value) {}

    private final Span reader;
    private final Environment scope;
    private final Tensors tensors;

    private ShapeNotes(Span reader, Environment scope, Tensors tensors) {
        this.reader = reader;
        this.scope = scope;
        this.tensors = tensors;
    }

    /** Adds a note for each operand to an error at this expression; returns any other error unchanged. */
    static SdeError of(SdeError error, Span span, List<Operand> operands, Environment scope, Tensors tensors) {
        return added(error, diagnostic -> arose(diagnostic, span), span, operands, scope, tensors);
    }

    /** Adds notes for the arguments of a call, also if the error only mentions the call as the origin of a shape. */
    static SdeError ofCaller(SdeError error, Span call, List<Operand> operands, Environment scope, Tensors tensors) {
        return added(
                error,
                diagnostic -> arose(diagnostic, call) || cameBy(diagnostic, call),
                call,
                operands,
                scope,
                tensors);
    }

    private static SdeError added(
            SdeError error,
            Predicate<Diagnostic> whether,
            Span span,
            List<Operand> operands,
            Environment scope,
            Tensors tensors) {
        List<Diagnostic> told = error.diagnostics().stream()
                .map(diagnostic -> isAboutShapes(diagnostic) && whether.test(diagnostic)
                        ? new ShapeNotes(diagnostic.span().orElse(span), scope, tensors).onto(diagnostic, operands)
                        : diagnostic)
                .toList();
        if (told.equals(error.diagnostics())) {
            return error;
        }
        SdeError better = new SdeError(told);
        better.initCause(error);
        return better;
    }

    private static boolean arose(Diagnostic diagnostic, Span span) {
        return diagnostic.span().filter(its -> same(its, span)).isPresent();
    }

    private static boolean cameBy(Diagnostic diagnostic, Span call) {
        return diagnostic.span().isPresent()
                && !BuiltinLibrary.holds(call)
                && diagnostic.notes().size() < MOST
                && diagnostic.notes().stream()
                        .anyMatch(note -> note.endsWith(ValueOrigin.argument(call)
                                .text(diagnostic.span().get())));
    }

    static boolean isAboutShapes(Diagnostic diagnostic) {
        return diagnostic.code().startsWith("E05") && !WITHOUT.contains(diagnostic.code());
    }

    private static boolean same(Span a, Span b) {
        return a.source() == b.source() && a.start() == b.start() && a.end() == b.end();
    }

    /** Adds the shapes of a call's arguments to an error inside the called function. */
    static Diagnostic ofCall(
            Diagnostic diagnostic, Span call, List<Operand> operands, Environment scope, Tensors tensors) {
        return isAboutShapes(diagnostic) ? new ShapeNotes(call, scope, tensors).onto(diagnostic, operands) : diagnostic;
    }

    private Diagnostic onto(Diagnostic diagnostic, List<Operand> operands) {
        List<Operand> parts =
                operands.stream().flatMap(each -> parts(each).stream()).toList();
        Set<String> notes = new LinkedHashSet<>();
        for (Operand part : parts) {
            note(part, parts).ifPresent(notes::add);
        }
        Diagnostic told = diagnostic;
        for (String note : notes) {
            if (!told.notes().contains(note)) {
                told = told.note(note);
            }
        }
        return told;
    }

    /** Splits a list literal of tensors into its elements. */
    private static List<Operand> parts(Operand operand) {
        if (operand.expression() instanceof Expression.ListLiteral(var elements, Span span)
                && operand.value() instanceof Value.ListValue(var values)
                && values.stream().anyMatch(Tensors::isTensor)) {
            return IntStream.range(0, elements.size())
                    .mapToObj(i -> new Operand(elements.get(i), values.get(i)))
                    .toList();
        }
        return List.of(operand);
    }

    private Optional<String> note(Operand operand, List<Operand> all) {
        return shapeText(operand.value(), tensors).flatMap(shape -> {
            String subject = ValueOrigin.quoted(operand.expression().span()) + " is " + shape;
            Optional<String> reason = reason(operand, all);
            boolean isPlain = reason.isEmpty() && !(operand.expression() instanceof Expression.Name);
            boolean saysItself = operand.expression().span().text().contains(shape);
            return isPlain && (all.size() == 1 || saysItself)
                    ? Optional.empty()
                    : Optional.of(reason.map(its -> subject + ": " + its).orElse(subject));
        });
    }

    private Optional<String> reason(Operand operand, List<Operand> all) {
        if (operand.value() instanceof Value.TracedValue(Node node)) {
            String sizes = sizes(node, axesAtOdds(operand, all));
            if (!sizes.isEmpty()) {
                return Optional.of(sizes);
            }
        }
        return bound(operand.expression());
    }

    private Optional<String> bound(Expression expression) {
        return expression instanceof Expression.Name(String name, Span span)
                ? Optional.ofNullable(scope.origin(name)).map(origin -> origin.text(reader))
                : Optional.empty();
    }

    /**
     * Returns the axes on which a tensor does not broadcast with the other operand, aligned at the last axis; all
     * axes unless there is exactly one other operand.
     */
    private List<Integer> axesAtOdds(Operand operand, List<Operand> all) {
        Shape shape = tensors.shape(operand.value());
        List<Integer> every = IntStream.range(0, shape.rank()).boxed().toList();
        List<Shape> others = all.stream()
                .filter(each -> each != operand && Tensors.isTensor(each.value()))
                .map(each -> tensors.shape(each.value()))
                .toList();
        if (others.size() != 1) {
            return every;
        }
        List<Integer> odd = every.stream()
                .filter(axis -> differ(shape, axis, others.getFirst()))
                .toList();
        return odd.isEmpty() ? every : odd;
    }

    private static boolean differ(Shape shape, int axis, Shape other) {
        int its = other.rank() - (shape.rank() - axis);
        return its >= 0 && shape.size(axis) != other.size(its) && shape.size(axis) != 1 && other.size(its) != 1;
    }

    /** Returns {@code 128 from `dense(h, 128)` at line 7}, for each expression that set one of these sizes. */
    private String sizes(Node node, List<Integer> axes) {
        Map<String, List<Long>> origins = new LinkedHashMap<>();
        for (int axis : axes) {
            Node origin = AxisOrigin.of(node, axis);
            long size = node.shape().size(axis);
            origin.span()
                    .filter(span -> origin != node || !same(span, reader))
                    .filter(span -> !origin.inputs().isEmpty() || !BuiltinLibrary.holds(span))
                    .ifPresent(span -> origins.computeIfAbsent(
                                    ValueOrigin.quoted(span) + " at " + ValueOrigin.location(span, reader),
                                    its -> new ArrayList<>())
                            .add(size));
        }
        return origins.entrySet().stream()
                .map(each -> each.getValue().stream().map(String::valueOf).collect(Collectors.joining(", ")) + " from "
                        + each.getKey())
                .collect(Collectors.joining("; "));
    }

    /** Returns the shape of a tensor, or the shapes of the tensors in a record. */
    public static Optional<String> shapeText(Value value, Tensors tensors) {
        return switch (value) {
            case Value.RecordValue(var fields)
            when fields.values().stream().anyMatch(Tensors::isTensor) ->
                Optional.of(fields.entrySet().stream()
                        .map(field -> field.getKey() + ": "
                                + shapeText(field.getValue(), tensors)
                                        .orElse(field.getValue().words()))
                        .collect(Collectors.joining(", ", "{", "}")));
            default ->
                Tensors.isTensor(value) ? Optional.of(tensors.shape(value).toString()) : Optional.empty();
        };
    }
}
