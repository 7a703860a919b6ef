package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.process.Process;
import org.sdescript.process.StochasticInterpolant;
import org.sdescript.process.explain.Notation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;

/**
 * The coefficients of a path x(t) = a x(0) + b x(1) + m + γ noise and their derivatives by time, as functions of the time:
 * a number, or a tensor of times.
 */
record PathValue(StochasticInterpolant path, Process process) implements Value.Extension, FieldTable.Owner {
    private static final FieldTable<PathValue> FIELDS = FieldTable.of(
            method("a", List.of("t"), (its, call) -> its.of(its.path.a(), call)),
            method("b", List.of("t"), (its, call) -> its.of(its.path.b(), call)),
            method("m", List.of("t"), (its, call) -> its.of(its.path.m(), call)),
            method("gamma", List.of("t"), (its, call) -> its.of(its.path.gamma(), call)),
            method("a_dot", List.of("t"), (its, call) -> its.of(its.path.rate(its.path.a()), call)),
            method("b_dot", List.of("t"), (its, call) -> its.of(its.path.rate(its.path.b()), call)),
            method("m_dot", List.of("t"), (its, call) -> its.of(its.path.rate(its.path.m()), call)),
            method("gamma_dot", List.of("t"), (its, call) -> its.of(its.path.rate(its.path.gamma()), call)),
            method("gamma_gamma_dot", List.of("t"), (its, call) -> its.of(its.path.noiseWork(), call)),
            method("wronskian", List.of("t"), (its, call) -> its.of(its.path.wronskian(), call)),
            value("noisy", its -> Value.Bool.of(its.path.hasNoise())));

    /** Returns the path of a process; empty if it has none. */
    static Optional<PathValue> of(Process process) {
        return process.stated().path().map(path -> new PathValue(path, process));
    }

    private Value of(Expr coefficient, Call call) {
        Map<Expr.Symbol, Value> values =
                new HashMap<>(Map.of(process.time(), EvaluationTimes.of(process).in(call, "t")));
        return FormulaEvaluation.of(coefficient, values, process.time(), null, call.tensors(), call.span());
    }

    @Override
    public Kind kind() {
        return Kind.PATH;
    }

    @Override
    public String show() {
        return path.written(Notation.TEXT);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public String toString() {
        return show();
    }
}
