package org.sdescript.runtime.process;

import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Comparisons;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.TensorText;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/**
 * The times at which a process may be evaluated: from 0, or the domain's start if earlier, to t_max. Formulas have
 * values beyond these ends, but no meaning.
 */
public record EvaluationTimes(String name, double low, double high) {

    /** Tolerance for times computed in float32: sixteen roundings of 2⁻²⁴, relative to the larger end. */
    private static final double ROUNDING = 0x1p-20;

    public static EvaluationTimes of(Process process) {
        return new EvaluationTimes(process.name(), Math.min(0, process.tMin()), process.tMax());
    }

    /** Returns the time in a slot of a call; throws if the time is outside. */
    Value in(Call call, String slot) {
        return within(call.operand(slot), call.interpreter(), call.place(slot));
    }

    /**
     * Returns the times; throws if one is outside. A time within the tolerance below the start is clamped. Times
     * drawn by a kernel have no values yet and pass.
     *
     * @param t a number, or a tensor with one time per sample
     */
    public Value within(Value t, Interpreter interpreter, Span span) {
        return switch (t) {
            case Value.Num(double number) -> Value.number(within(number, ValueText.number(number), span));
            case Value.TensorValue(Tensor tensor) -> {
                boolean early = false;
                for (double each : tensor.peek()) {
                    within(each, TensorText.element(tensor.dtype(), each), span);
                    early = early || each < low;
                }
                yield early ? notBefore(t, interpreter, span) : t;
            }
            case Value.TracedValue(var node)
            when node.isNumber() -> {
                requireInside(t, interpreter, span);
                yield t;
            }
            default -> t;
        };
    }

    private double slack() {
        return ROUNDING * Math.max(Math.abs(low), Math.abs(high));
    }

    private double within(double t, String shown, Span span) {
        if (!(t >= low - slack() && t <= high + slack())) {
            throw outside(shown, span);
        }
        return t < low ? low : t;
    }

    private Value notBefore(Value t, Interpreter interpreter, Span span) {
        return interpreter.tensors().binary(BinaryOperation.MAXIMUM, t, Value.number(low), span);
    }

    /** Checks a traced time; the checks are decisions of the trace, so each later call repeats them. */
    private void requireInside(Value t, Interpreter interpreter, Span span) {
        Value early = interpreter.tensors().binary(BinaryOperation.LESS, t, Value.number(low - slack()), span);
        Value late = interpreter.tensors().binary(BinaryOperation.GREATER, t, Value.number(high + slack()), span);
        Value either = interpreter.tensors().binary(BinaryOperation.OR, early, late, span);
        if (Comparisons.isTrue(either, interpreter, span)) {
            throw outside(ValueText.number(interpreter.decide(((Value.TracedValue) t).node())), span);
        }
    }

    private SdeError outside(String t, Span span) {
        String ends = "from " + ValueText.number(low) + " to " + ValueText.number(high);
        return Diagnostic.error("E0520", span, "the time " + t + " is outside of " + name + ", which runs " + ends)
                .help(
                        "`p.t_min` and `p.t_max` are the ends of a process; `t in [a, b]` in the body of an `sde` declares them")
                .raise();
    }
}
