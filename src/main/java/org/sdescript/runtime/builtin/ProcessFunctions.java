package org.sdescript.runtime.builtin;

import java.util.List;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.process.Admissibility;
import org.sdescript.process.Chain;
import org.sdescript.process.ChainSteps;
import org.sdescript.process.ChangeOfVariables;
import org.sdescript.process.ChangeOfVariablesSteps;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.process.ReversalSteps;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ChainValue;
import org.sdescript.runtime.process.Explainable;
import org.sdescript.runtime.process.ExplanationValue;
import org.sdescript.runtime.process.NormalValue;
import org.sdescript.runtime.process.ProcessValue;

/** Functions that derive processes from processes. */
public final class ProcessFunctions implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.PROCESSES;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("reverse", "process")
                        .optional("score", Value.None.NONE)
                        .option("lambda", 1)
                        .option("unlike", Value.Bool.FALSE)
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .wants("score", ParameterType.SCORE)
                        .wants("unlike", ParameterType.A_BOOLEAN)
                        .wants("lambda", ParameterType.numberOrFunction(NumberRange.REAL))
                        .gives(Kind.PROCESS)
                        .doc("The reverse-time SDE of a process (Anderson 1982); with a score, it can be evaluated in"
                                + " numbers. Another λ gives a member of the family with the same marginals and the noise λG; λ = 0"
                                + " is the flow. A score of another process is an error, unless `unlike = true`.")
                        .example("print(reverse(VP()))  # dx = [−½ β(t) x − β(t) ∇ₓ log pₜ(x)] dt + √β(t) dw̄")
                        .is(ProcessFunctions::reverse),
                Builtin.named("flow", "process")
                        .optional("score", Value.None.NONE)
                        .option("unlike", Value.Bool.FALSE)
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .wants("score", ParameterType.SCORE)
                        .wants("unlike", ParameterType.A_BOOLEAN)
                        .gives(Kind.PROCESS)
                        .doc("The probability-flow ODE of a process (Song et al. 2021, eq. 13), with the same marginals"
                                + " without noise; with a score, it can be evaluated in numbers."
                                + " A score of another process is an error, unless `unlike = true`.")
                        .example("print(flow(VP()))  # dx = [−½ β(t) x − ½ β(t) ∇ₓ log pₜ(x)] dt")
                        .is(call -> scored(
                                call,
                                ProcessValue.of(Reversal.flow(process(call)), () -> ReversalSteps.flow(process(call)))
                                        .flowOf(process(call)))),
                Builtin.named("stratonovich", "process")
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .gives(Kind.PROCESS)
                        .doc("The same process, printed by its equation in Stratonovich's calculus, b ∘ dw. The fields"
                                + " keep Itô's form, and so does everything derived from the process.")
                        .example("print(stratonovich(GeometricBrownian()))  # dx = −0.025 x dt + ½ x ∘ dw")
                        .is(call -> ProcessValue.argument(call, "process").shown(true)),
                Builtin.named("ito", "process")
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .gives(Kind.PROCESS)
                        .doc(
                                "The same process, printed by its equation in Itô's calculus. This is the default and undoes"
                                        + " `stratonovich`.")
                        .example("print(ito(stratonovich(GeometricBrownian())))  # dx = 0.1 x dt + ½ x dw")
                        .is(call -> ProcessValue.argument(call, "process").shown(false)),
                Builtin.named("rescaled", "process", "s")
                        .doc(
                                "The process of y(t) = s(t) x(t), with the same names of its states. The factor s is a schedule, a"
                                        + " lambda or a number.")
                        .example("print(rescaled(VP(), t -> exp(t)))  # dx = [x − ½ β(t) x] dt + √β(t) exp(t) dw")
                        .is(ProcessFunctions::rescaled),
                Builtin.named("unscaled", "process")
                        .doc(
                                "The process of x(t) divided by its mean coefficient: VP in the form of VE (Karras et al. 2022,"
                                        + " appendix B).")
                        .example("print(unscaled(VP()))  # dx = √β(t) exp(4.975 t² + 0.05 t) dw")
                        .is(call -> ProcessValue.of(
                                ChangeOfVariables.unscaled(process(call)),
                                () -> ChangeOfVariablesSteps.unscaled(process(call)))),
                Builtin.named("retimed", "process", "clock")
                        .doc(
                                "The process on another clock: its state at the new time t is the state of the given process"
                                        + " at clock(t).")
                        .example("print(retimed(VP(), t -> t^2))  # dx = −t β(t²) x dt + √(2 t β(t²)) dw")
                        .is(ProcessFunctions::retimed),
                Builtin.named("chain", "process", "n")
                        .wants("n", ParameterType.number(NumberRange.COUNT))
                        .doc(
                                "The Markov chain of n steps that has exactly the law of a linear process at the times of its"
                                        + " steps.")
                        .example("print(chain(VP(), 1000))")
                        .is(call -> chain(process(call), call.integer("n"))),
                Builtin.named("explain", "value")
                        .onHost()
                        .doc("The derivation of a process, a reverse, flow, transition, prior or chain: numbered steps,"
                                + " each with its rule and source. `latex` gives the steps as LaTeX.")
                        .example("print(explain(VP().transition))")
                        .is(ProcessFunctions::explained),
                Builtin.named("mismatch", "process", "data")
                        .onHost()
                        .doc(
                                "The cost of a prior in nats: KL(p_T ‖ prior), with the data taken as normal with their own"
                                        + " mean and covariance (Song et al. 2021, Maximum likelihood training, eq. 12).")
                        .example("print(mismatch(VP(), moons(500)) < 1e-4)  # true")
                        .is(PriorMismatch::of));
    }

    private static Value reverse(Call call) {
        Process process = process(call);
        if (call.value("lambda") instanceof Value.Num(double one) && one == 1) {
            return scored(call, ProcessValue.of(Reversal.reverse(process), () -> ReversalSteps.reverse(process)));
        }
        Expr lambda = ofTime(call, "lambda", process);
        Admissibility.faultOfStrength(process, lambda).ifPresent(fault -> {
            throw fault.at(call.span()).raise();
        });
        ProcessValue derived =
                ProcessValue.of(Reversal.reverse(process, lambda), () -> ReversalSteps.reverse(process, lambda));
        return scored(call, lambda.isZero() ? derived.flowOf(process) : derived);
    }

    private static Value rescaled(Call call) {
        Process process = process(call);
        Expr scale = ofTime(call, "s", process);
        return ProcessValue.of(
                ChangeOfVariables.rescaled(process, scale), () -> ChangeOfVariablesSteps.rescaled(process, scale));
    }

    private static Value retimed(Call call) {
        Process process = process(call);
        Expr clock = ofTime(call, "clock", process);
        return ProcessValue.of(
                ChangeOfVariables.retimed(process, clock), () -> ChangeOfVariablesSteps.retimed(process, clock));
    }

    private static Value chain(Process process, int count) {
        Chain steps = Chain.of(process, count);
        return new ChainValue(steps, () -> ChainSteps.of(process, steps));
    }

    private static Value explained(Call call) {
        return switch (call.value("value")) {
            case Explainable derived -> new ExplanationValue(derived.explanation());
            case NormalValue normal
            when normal.prior().isPresent() ->
                new ExplanationValue(normal.prior().get().explanation());
            case Callable declared
            when declared instanceof org.sdescript.runtime.ProcessDeclaration ->
                throw call.diagnostic("E0645", "an `sde` is explained with its parameters, as the process it gives")
                        .help("call it: `explain(" + declared.signature().name() + "())`")
                        .raise();
            case Value other ->
                throw call.diagnostic("E0645", other.words() + " was not derived, so there is nothing to explain")
                        .help(
                                "`explain` takes a process, its transition, its prior or a chain: `explain(reverse(VP()))`;"
                                        + " `help` describes everything else")
                        .raise();
        };
    }

    private static Process process(Call call) {
        return ProcessValue.argument(call, "process").process();
    }

    /** Returns a number, a formula or a schedule as a formula of the process's time. */
    private static Expr ofTime(Call call, String slot, Process process) {
        return call.value(slot) instanceof Callable schedule
                ? Formulas.definition(
                                call.interpreter(),
                                schedule,
                                schedule.signature().name(),
                                call.span())
                        .at(process.time())
                        .expandCalls()
                : Formulas.expression(call.value(slot), call.span());
    }

    private static Value scored(Call call, ProcessValue derived) {
        if (call.given("score").isEmpty()) {
            return derived;
        }
        Callable score = call.callable("score");
        if (!call.isTrue("unlike")) {
            ScoreSource.requireSame(process(call), score, call.place("score"));
        }
        return derived.scoredBy(score);
    }
}
