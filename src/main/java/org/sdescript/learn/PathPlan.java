package org.sdescript.learn;

import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CoupledRows;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.Distribution;
import org.sdescript.runtime.process.NormalValue;
import org.sdescript.runtime.process.ProcessValue;

/**
 * The two ends of a training on a path between two laws.
 *
 * @param data the samples whose rows make the batches
 * @param other the other end: samples, or a law that is drawn from
 * @param dataIsStart true if the data stand at t_min
 * @param coupling joins the samples of a batch: a callable (a, b) → rows
 * @param isIndependent true if rows of the one end are joined to rows of the other in any order
 * @param isPaired true if equal rows of both ends belong together
 */
record PathPlan(
        Value data, Value other, boolean dataIsStart, Callable coupling, boolean isIndependent, boolean isPaired) {
    private static final String INDEPENDENT = "independent";
    private static final String PAIRED = "paired";

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
        boolean dataIsStart = !(data instanceof Distribution);
        if (!dataIsStart && end instanceof Distribution) {
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
                CoupledRows.isNamed(coupling, PAIRED, call.interpreter())));
    }

    private static Callable coupling(Call call) {
        return call.given("coupling").map(given -> call.callable("coupling")).orElseGet(() -> call.interpreter()
                .library(INDEPENDENT));
    }

    private static boolean isIndependent(Callable coupling, Call call) {
        return CoupledRows.isNamed(coupling, INDEPENDENT, call.interpreter());
    }

    /** Returns the law of the other end; empty if it is given by samples. */
    Optional<Distribution> law() {
        return other instanceof Distribution law ? Optional.of(law) : Optional.empty();
    }
}
