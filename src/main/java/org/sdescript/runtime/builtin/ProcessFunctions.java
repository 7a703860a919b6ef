package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.process.Reversal;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.NormalValue;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Show;
import org.sdescript.runtime.Value;

/** Derivations of processes. */
public final class ProcessFunctions implements Library {

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("reverse", "process")
                        .optional("score", Value.None.NONE)
                        .option("lambda", 1)
                        .doc(
                                "The reverse-time SDE (Anderson 1982), with numbers where a score is given. Other λ give the"
                                        + " family with the same marginals, noise λG; λ = 0 is the flow.")
                        .example("print(reverse(VP()))")
                        .is(ProcessFunctions::reverse),
                Builtin.named("flow", "process")
                        .optional("score", Value.None.NONE)
                        .doc("The probability-flow ODE (Song et al. 2021, eq. 13).")
                        .example("print(flow(VP()))")
                        .is(call -> scored(
                                call,
                                ProcessValue.of(
                                        Reversal.flow(call.process("process").process())))),
                Builtin.named("normal")
                        .option("mean", 0)
                        .option("std", 1)
                        .doc("The normal distribution, independent in every component.")
                        .example("normal(std = 2).log_prob(zeros([1, 2]))")
                        .is(call -> new NormalValue(plain(call, "mean"), positive(call, plain(call, "std")))));
    }

    private static Value reverse(Call call) {
        ProcessValue process = call.process("process");
        Value lambda = call.value("lambda");
        boolean whole = lambda instanceof Value.Num(double one) && one == 1;
        return scored(
                call,
                ProcessValue.of(
                        whole
                                ? Reversal.reverse(process.process())
                                : Reversal.reverse(process.process(), share(call, lambda, process))));
    }

    /** λ as a number, a formula, or a schedule of the process's time. */
    private static Expr share(Call call, Value lambda, ProcessValue process) {
        return lambda instanceof Callable schedule
                ? Formulas.definition(call.interpreter(), schedule, "lambda", call.span())
                        .at(process.process().time())
                : Formulas.expression(lambda, call.span());
    }

    private static Value scored(Call call, ProcessValue derived) {
        Optional<Value> score = call.given("score");
        return score.isPresent() ? derived.scoredBy(call.callable("score")) : derived;
    }

    /** A constant formula as the number it is. */
    private static Value plain(Call call, String slot) {
        return call.value(slot) instanceof Value.FormulaValue ? Value.number(call.number(slot)) : call.tensor(slot);
    }

    private static Value positive(Call call, Value std) {
        if (std instanceof Value.Num(double number) && !(number > 0)) {
            throw call.diagnostic("E0632", "a standard deviation is positive, and not " + Show.number(number))
                    .help("`normal(mean = 0, std = 1)` is the standard normal distribution")
                    .raise();
        }
        return std;
    }
}
