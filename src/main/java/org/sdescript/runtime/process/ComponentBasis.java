package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.process.Process;
import org.sdescript.runtime.TensorParameter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.source.Span;

/**
 * The orthonormal basis in which the constant matrices of a process are diagonal. The components of a sample are its last
 * axis: a row x has the coordinates x Q.
 *
 * @param vectors Q, [d, d], whose columns are the basis
 * @param process the name of the process, for messages
 */
record ComponentBasis(Expr.Parameter vectors, String process) {

    /** Returns the basis of a process; empty if no matrix couples the components of its state. */
    static Optional<ComponentBasis> of(Process process) {
        return process.basis().map(vectors -> new ComponentBasis(vectors, process.name()));
    }

    private TensorParameter held() {
        return (TensorParameter) vectors.owner();
    }

    Tensors tensors() {
        return held().tensors();
    }

    Span span() {
        return held().span();
    }

    long size() {
        return held().shape().size(0);
    }

    /** Returns x Q; formulas unchanged. */
    Value into(Value x, Tensors tensors, Span span) {
        return x instanceof Value.FormulaValue ? x : product(fitting(x, tensors, span), false, tensors, span);
    }

    /** Returns y Qᵀ; formulas and 0 unchanged. */
    Value outOf(Value y, Tensors tensors, Span span) {
        return y instanceof Value.FormulaValue || y instanceof Value.Num(double zero) && zero == 0
                ? y
                : product(fitting(y, tensors, span), true, tensors, span);
    }

    /** Throws if the last axis of a value does not hold the components. */
    private Value fitting(Value x, Tensors tensors, Span span) {
        Shape shape = Tensors.isTensor(x) ? tensors.shape(x) : Shape.SCALAR;
        if (shape.rank() == 0 || shape.size(shape.rank() - 1) != size()) {
            throw unfit(x, shape, size(), process, span);
        }
        return x;
    }

    /** Returns the error for a value whose last axis does not hold the components. */
    static RuntimeException unfit(Value x, Shape shape, long size, String process, Span span) {
        return Diagnostic.error(
                        "E0687",
                        span,
                        (Tensors.isTensor(x) ? "a tensor of shape " + shape : "a number")
                                + " does not hold the components of " + process + ", whose matrices are " + size + "×"
                                + size)
                .help("the last axis of x holds the components: here [n, " + size + "]; `reshape(x, [len(x), " + size
                        + "])` flattens images")
                .raise();
    }

    private Value product(Value x, boolean back, Tensors tensors, Span span) {
        Shape shape = tensors.shape(x);
        DType dtype = tensors.type(x) instanceof Type.TensorType(DType its, Shape same) && its.isFloating()
                ? its
                : tensors.precision();
        Value rows = tensors.cast(tensors.reshape(x, Shape.of(shape.elements() / size(), size()), span), dtype, span);
        Value matrix = tensors.cast(columns(back, tensors, span), dtype, span);
        return tensors.reshape(tensors.apply(new Operation.MatMul(), span, rows, matrix), shape, span);
    }

    private Value columns(boolean transposed, Tensors tensors, Span span) {
        Value whole = held().value();
        return transposed ? tensors.apply(new Operation.Permute(List.of(1, 0)), span, whole) : whole;
    }

    /**
     * Returns Q diag(v) Qᵀ for the values v of a formula of time: [d, d] at one time, [n, d, d] at n times.
     *
     * @param formula a function of the matrices, or the same for all components
     */
    Value matrix(Expr formula, Value v, Tensors tensors, Span span) {
        Value each = forEach(formula, v, tensors, span);
        List<Long> sizes = new ArrayList<>(tensors.shape(each).sizes());
        sizes.add(sizes.size() - 1, 1L);
        Value scaled =
                times(tensors.reshape(each, new Shape(sizes), span), columns(false, tensors, span), tensors, span);
        Shape whole = tensors.shape(scaled);
        Value rows = tensors.reshape(scaled, Shape.of(whole.elements() / size(), size()), span);
        Value back = tensors.cast(columns(true, tensors, span), tensors.precision(), span);
        return tensors.reshape(tensors.apply(new Operation.MatMul(), span, rows, back), whole, span);
    }

    /** Returns the diagonal of {@link #matrix}, Σₖ Qᵢₖ² vₖ for each component i: [d], or [n, d] at n times. */
    Value diagonal(Expr formula, Value v, Tensors tensors, Span span) {
        return squared(forEach(formula, v, tensors, span), tensors, span);
    }

    /** Returns Σₖ Qᵢₖ² vₖ for each component i; the last axis of v counts the components k. */
    Value squared(Value v, Tensors tensors, Span span) {
        Shape shape = tensors.shape(v);
        Value squares = tensors.unary(UnaryOperation.SQUARE, columns(true, tensors, span), span);
        Value rows = tensors.reshape(v, Shape.of(shape.elements() / size(), size()), span);
        Value product =
                tensors.apply(new Operation.MatMul(), span, rows, tensors.cast(squares, tensors.precision(), span));
        return tensors.reshape(product, shape, span);
    }

    /** Returns the values of a formula for each component, also of one without matrices: [d], or [n, d] at n times. */
    private Value forEach(Expr formula, Value v, Tensors tensors, Span span) {
        boolean complete = formula.parameters().stream()
                .anyMatch(parameter -> parameter.owner() instanceof TensorParameter its
                        && its.shape().rank() > 0);
        if (complete) {
            return tensors.cast(v, tensors.precision(), span);
        }
        Shape shape = tensors.shape(v);
        Value column = shape.rank() == 1 ? tensors.reshape(v, Shape.of(shape.size(0), 1), span) : v;
        return times(column, tensors.fill(Value.number(1), Shape.of(size()), span), tensors, span);
    }

    private static Value times(Value a, Value b, Tensors tensors, Span span) {
        Value left = Tensors.isTensor(a) ? tensors.cast(a, tensors.precision(), span) : a;
        return ValueArithmetic.binary(
                BinaryOperator.MULTIPLY, left, tensors.cast(b, tensors.precision(), span), tensors, span);
    }

    /** Returns the coordinates of the vector of ones, by which a number in the drift is one for each component. */
    Expr.Parameter ones(Tensors tensors, Span span) {
        Value ones = tensors.reduce(Reduction.SUM, held().value(), List.of(0), false, span);
        return TensorParameter.derived("ones", (Value.TensorLike) ones, tensors, span);
    }
}
