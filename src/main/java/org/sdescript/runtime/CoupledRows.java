package org.sdescript.runtime;

import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** The result of a coupling, a callable (a, b) → rows: sample i of a belongs to sample rows[i] of b. */
public final class CoupledRows {
    private CoupledRows() {}

    /**
     * True if a coupling is the library's function of this name, without parameters of its own: {@code paired} and
     * {@code paired()} are equal.
     */
    public static boolean isNamed(Value coupling, String name, Interpreter interpreter) {
        return interpreter.library(name).equals(coupling);
    }

    /**
     * Returns the rows as int64 [n]; throws unless they are n whole numbers from 0 to n − 1. Rows may repeat.
     *
     * @param rows the result of a coupling: a tensor [n] or a list of numbers
     * @param n the number of samples of each end
     * @param name the name of the coupling, for messages
     */
    public static Value require(Value rows, int n, String name, Tensors tensors, Span span) {
        Value known = tensors.isNumbers(rows) ? tensors.ofNumbers(rows, span) : rows;
        if (!(known instanceof Value.TensorValue(Tensor tensor))
                || !tensor.shape().equals(Shape.of(n))) {
            throw wrong(
                    name,
                    known instanceof Value.TensorLike ? "a tensor of shape " + tensors.shape(known) : known.words(),
                    n,
                    span);
        }
        double[] given = tensor.toDoubles();
        for (double row : given) {
            if (row != Math.rint(row) || row < 0 || row >= n) {
                throw wrong(name, "the row " + ValueText.number(row), n, span);
            }
        }
        return tensors.literal(DType.INT64, Shape.of(n), given, span);
    }

    private static SdeError wrong(String name, String found, int n, Span span) {
        return Diagnostic.error(
                        "E0584", span, "the coupling " + name + " returns " + found + ", and not " + n + " rows of b")
                .note("a coupling takes " + n + " samples of each end and returns [" + n + "] whole numbers from 0 to "
                        + (n - 1) + ": sample i of a belongs to sample rows[i] of b")
                .help("`coupling = (a, b) -> arange(len(a))` couples the samples in their order")
                .raise();
    }
}
