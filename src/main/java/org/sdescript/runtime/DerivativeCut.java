package org.sdescript.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/**
 * Refuses results that a derivative under way cannot follow: a built-in that reads the numbers of a recorded tensor in
 * Java, and returns values computed from them. Without the refusal the derivative would silently lack their part.
 */
public final class DerivativeCut {
    private DerivativeCut() {}

    /** Runs the body of a call; throws if the result depends on the point of a derivative in a way it cannot follow. */
    static Value refused(Call call, Supplier<Value> body) {
        KernelRunner kernels = call.interpreter().kernels();
        long before = kernels.recordedReads();
        Value result = body.get();
        if (kernels.recordedReads() > before && holdsNumbers(result) && !kernels.isRecorded(result)) {
            throw Diagnostic.error(
                            "E0556",
                            call.span(),
                            "the derivative does not go through " + call.name()
                                    + ", which reads the numbers of a tensor that depends on the point")
                    .help("`detach(x)` says that x is a constant here; arithmetic, sums and indexing of tensors keep"
                            + " the derivative")
                    .raise();
        }
        return result;
    }

    /** Throws if a value that has to be a number, such as an end of time, depends on the point of a derivative. */
    public static void requireConstant(Value value, String what, Interpreter interpreter, Span span) {
        if (interpreter.kernels().isRecorded(value)) {
            throw constant(what, span);
        }
    }

    private static SdeError constant(String what, Span span) {
        return Diagnostic.error("E0556", span, what + " depends on the point of a derivative, but is a constant there")
                .help("`detach(x)` says that x is a constant here")
                .raise();
    }

    private static boolean holdsNumbers(Value result) {
        return switch (result) {
            case Value.None none -> false;
            case Value.Bool bool -> false;
            case Value.Text text -> false;
            case Value.ListValue(List<Value> elements) -> elements.stream().anyMatch(DerivativeCut::holdsNumbers);
            default -> true;
        };
    }
}
