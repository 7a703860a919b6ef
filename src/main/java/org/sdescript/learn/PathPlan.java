package org.sdescript.learn;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CoupledRows;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.Distribution;
import org.sdescript.runtime.process.NormalValue;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * The two ends of a training on a path between two laws.
 *
 * @param data the samples whose rows make the batches: those with conditions, if only one end has them
 * @param other the other end: samples, or a law that is drawn from
 * @param dataIsStart true if the data stand at t_min
 * @param coupling joins the samples of a batch: a callable (a, b) → rows
 * @param isIndependent true if rows of the one end are joined to rows of the other in any order
 * @param isPaired true if equal rows of both ends belong together
 * @param pooled the number of samples that the coupling wants at once; 1 for any number
 */
record PathPlan(
        Value data,
        Value other,
        boolean dataIsStart,
        Callable coupling,
        boolean isIndependent,
        boolean isPaired,
        long pooled) {
    private static final String INDEPENDENT = "independent";
    private static final String PAIRED = "paired";
    private static final String OPTIMAL = "optimal";
    private static final String START = "x0";
    private static final String END = "x1";

    /**
     * Returns the process of a path that ends in noise: the second end is a normal law, independent of the data. The process
     * has a transition, so it is trained as others are. Empty if a prediction of paths is asked for.
     */
    static Optional<ProcessValue> endingInNoise(Call call, ProcessValue process) {
        boolean isIndependent = isIndependent(coupling(call), call);
        boolean asPath = call.given("predict").isPresent()
                && call.value("predict") instanceof Value.Text(String predict)
                && Prediction.OF_PATHS.contains(predict);
        if (!process.process().isPath()
                || !isIndependent
                || asPath
                || !(call.value("to") instanceof NormalValue law)
                || call.value("data") instanceof Distribution) {
            return Optional.empty();
        }
        Process noisy = process.process()
                .stated()
                .path()
                .orElseThrow()
                .endingInNoise(process.process().name(), part("mean", law.mean(), call), part("std", law.std(), call));
        return Optional.of(ProcessValue.of(noisy));
    }

    private static Expr part(String name, Value value, Call call) {
        return Formulas.expression(Formulas.named(name, value, call.tensors(), call.place("to")), call.place("to"));
    }

    /** Returns the plan of a call of {@code train}; empty for a process without a second end. */
    static Optional<PathPlan> of(Call call, ProcessValue process) {
        boolean isPath = process.process().isPath();
        Optional<Value> to = call.given("to");
        if (!isPath) {
            to.ifPresent(given -> {
                throw Diagnostic.error(
                                "E0682",
                                call.place("to"),
                                process.process().name()
                                        + " is no path between two laws, and has no end to give data for")
                        .help(
                                "write a path: `x(t) = (1 - t)*x(0) + t*x(1) + sqrt(t*(1 - t))*noise` in the body of an `sde`")
                        .raise();
            });
            return Optional.empty();
        }
        Value end = to.orElseThrow(() -> call.diagnostic(
                        "E0682",
                        "the path " + process.process().name() + " joins two laws, and the second is not given")
                .help("give its samples or its law: `train(net, a, p, to = b)`; a lies at t_min, b at t_max")
                .raise());
        Value data = call.value("data");
        boolean dataIsStart = !(data instanceof Distribution) && !(hasConditions(end) && !hasConditions(data));
        if (data instanceof Distribution && end instanceof Distribution) {
            throw call.diagnostic("E0682", "both ends of the path are laws, so the shape of a sample is not known")
                    .help("give samples of one end: `a.sample([10000, 2])`; `exact(p, a, b)` needs no training")
                    .raise();
        }
        if (!(end instanceof Distribution) && !Tensors.isTensor(end)) {
            throw call.mismatch("to", "samples [n, …], a data set or a distribution");
        }
        Callable coupling = coupling(call);
        return Optional.of(new PathPlan(
                dataIsStart ? data : end,
                dataIsStart ? end : data,
                dataIsStart,
                coupling,
                isIndependent(coupling, call),
                CoupledRows.isNamed(coupling, PAIRED, call.interpreter()),
                pooled(coupling, call)));
    }

    /** Returns n for {@code optimal(n)}, which assigns n samples at once, also where a step has fewer. */
    private static long pooled(Callable coupling, Call call) {
        return CoupledRows.isNamed(coupling.configured(Map.of()), OPTIMAL, call.interpreter())
                        && coupling.configuration().get("batch") instanceof Value.Num number
                ? (long) number.value()
                : 1;
    }

    private static boolean hasConditions(Value samples) {
        return samples instanceof TensorSource source && EndConditions.hasAny(source);
    }

    /** True if the samples of each batch are joined by a call of the coupling. */
    boolean isCoupled() {
        return !isIndependent && !isPaired;
    }

    /** Returns the number of steps whose samples are coupled together: more than one for {@code optimal} with a larger batch. */
    int steps(int batch) {
        return isCoupled() ? (int) Math.ceilDiv(pooled, (long) batch) : 1;
    }

    private static Callable coupling(Call call) {
        return call.given("coupling").map(given -> call.callable("coupling")).orElseGet(() -> call.interpreter()
                .library(INDEPENDENT));
    }

    private static boolean isIndependent(Callable coupling, Call call) {
        return CoupledRows.isNamed(coupling, INDEPENDENT, call.interpreter());
    }

    /**
     * Returns the plan of a validation, whose batches are coupled one by one.
     *
     * @param given {@code validation}: samples of both ends as a record, or of the data alone if the other end is a law
     */
    PathPlan validation(Value given, Span span) {
        if (law().isPresent() && !(given instanceof Value.RecordValue)) {
            return of(given, other);
        }
        if (law().isEmpty()
                && given instanceof Value.RecordValue(var ends)
                && ends.keySet().equals(Set.of(START, END))) {
            Value start = Objects.requireNonNull(ends.get(START));
            Value end = Objects.requireNonNull(ends.get(END));
            return dataIsStart ? of(start, end) : of(end, start);
        }
        throw Diagnostic.error(
                        "E0813",
                        span,
                        law().isPresent()
                                ? "the validation data of this path are samples of one end, since the other is a law"
                                : "a path between two data sets is validated by samples of both ends")
                .help(
                        law().isPresent()
                                ? "`validation = rest`"
                                : "give the record `validation = {x0: a, x1: b}`, a of the law at t_min, b of that at t_max")
                .raise();
    }

    private PathPlan of(Value data, Value other) {
        return new PathPlan(data, other, dataIsStart, coupling, isIndependent, isPaired, 1);
    }

    /** Returns the law of the other end; empty if it is given by samples. */
    Optional<Distribution> law() {
        return other instanceof Distribution law ? Optional.of(law) : Optional.empty();
    }
}
