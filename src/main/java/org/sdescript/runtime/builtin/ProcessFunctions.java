package org.sdescript.runtime.builtin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Admissibility;
import org.sdescript.process.Chain;
import org.sdescript.process.ChainSteps;
import org.sdescript.process.ChangeOfVariables;
import org.sdescript.process.ChangeOfVariablesSteps;
import org.sdescript.process.DoobTransform;
import org.sdescript.process.DoobTransformSteps;
import org.sdescript.process.EqualNoise;
import org.sdescript.process.PathSteps;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.process.ReversalSteps;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.process.SystemDoobTransform;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FormulaFunction;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ChainValue;
import org.sdescript.runtime.process.ConditionedProcess;
import org.sdescript.runtime.process.Explainable;
import org.sdescript.runtime.process.ExplanationValue;
import org.sdescript.runtime.process.NormalValue;
import org.sdescript.runtime.process.PathModel;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/** Functions that derive processes from processes. */
public final class ProcessFunctions implements BuiltinLibrary {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("reverse", ProcessFunctions::reverse),
                Map.entry("forward", ProcessFunctions::forward),
                Map.entry("path_model", ProcessFunctions::pathModel),
                Map.entry("flow", ProcessFunctions::flow),
                Map.entry("conditioned_process", ProcessFunctions::scoredProcess),
                Map.entry("stratonovich", call -> ProcessValue.argument(call, "process")
                        .shown(true)),
                Map.entry("ito", call -> ProcessValue.argument(call, "process").shown(false)),
                Map.entry("rescaled", ProcessFunctions::rescaled),
                Map.entry(
                        "unscaled",
                        call -> ProcessValue.of(
                                ChangeOfVariables.unscaled(process(call)),
                                () -> ChangeOfVariablesSteps.unscaled(process(call)))),
                Map.entry("retimed", ProcessFunctions::retimed),
                Map.entry("pinned", ProcessFunctions::pinned),
                Map.entry("process_of", call -> SampledScore.own(call, "score")),
                Map.entry("equal_noise_time", ProcessFunctions::equalNoiseTime),
                Map.entry("chain", call -> chain(process(call), call.integer("n"))),
                Map.entry("explain", Builtin.onHost(ProcessFunctions::explained)),
                Map.entry("mismatch", Builtin.onHost(PriorMismatch::of)));
    }

    private static Value flow(Call call) {
        Process process = scoredProcess(call).process();
        return scored(
                call,
                ProcessValue.of(Reversal.flow(process), () -> ReversalSteps.flow(process))
                        .flowOf(process));
    }

    private static Value reverse(Call call) {
        Process process = scoredProcess(call).process();
        if (call.given("epsilon").isPresent()) {
            if (call.argument("lambda").isPresent()) {
                throw call.diagnostic("E0675", "`lambda` and `epsilon` both state the strength of the noise")
                        .help("give one of them: ε is λ² g²/2")
                        .raise();
            }
            return ofStrength(call, process, true);
        }
        if (process.hasVelocity()) {
            throw call.diagnostic("E0675", "a path between two laws has no noise of its own to reverse")
                    .help("give the strength of the noise: `reverse(p, epsilon = 0.5)` has the noise √(2ε)")
                    .raise();
        }
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

    /** Returns the process itself, or with `epsilon` the forward SDE of this strength that has its marginals. */
    private static Value forward(Call call) {
        ProcessValue given = scoredProcess(call);
        if (call.given("epsilon").isPresent()) {
            return ofStrength(call, given.process(), false);
        }
        if (given.process().isPath()) {
            throw call.diagnostic("E0675", "a path between two laws has no noise of its own")
                    .help("give the strength of the noise: `forward(p, epsilon = 0.5)` has the noise √(2ε)")
                    .raise();
        }
        return scored(call, given);
    }

    private static Value ofStrength(Call call, Process process, boolean backwards) {
        if (process.states().size() > 1) {
            throw call.diagnostic(
                            "E0675",
                            "`epsilon` is the strength of a noise that is the same in every direction, and "
                                    + process.name() + " is a system")
                    .help("`reverse(p, lambda = 0.5)` has λ times the noise of the system")
                    .raise();
        }
        Expr epsilon = ofTime(call, "epsilon", process);
        Admissibility.faultOfEpsilon(process, epsilon).ifPresent(fault -> {
            throw fault.at(call.span()).raise();
        });
        ProcessValue derived = ProcessValue.of(
                Reversal.ofStrength(process, epsilon, backwards),
                () -> PathSteps.ofStrength(process, epsilon, backwards));
        return scored(call, epsilon.isZero() ? derived.flowOf(process) : derived);
    }

    private static Value pathModel(Call call) {
        ProcessValue process = ProcessValue.argument(call, "process");
        if (process.process().stated().path().isEmpty()) {
            throw call.diagnostic("E0679", process.process().name() + " is no path between two laws")
                    .help("write one: `x(t) = (1 - t)*x(0) + t*x(1)` in the body of an `sde`")
                    .raise();
        }
        Map<String, Callable> parts = new LinkedHashMap<>();
        for (String name : List.of("velocity", "score", "expected", "log_density")) {
            call.given(name).ifPresent(given -> parts.put(name, call.callable(name)));
        }
        return new PathModel(process, parts);
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

    private static Value equalNoiseTime(Call call) {
        Process other = ProcessValue.argument(call, "q").process();
        return new FormulaFunction(
                List.of(other.time()),
                EqualNoise.time(ProcessValue.argument(call, "p").process(), other));
    }

    private static Value pinned(Call call) {
        Process process = process(call);
        double at = call.given("at").isPresent() ? call.number("at") : process.tMax();
        if (call.value("x1") instanceof Value.RecordValue(var points)) {
            SystemDoobTransform system = SystemDoobTransform.of(process, at, ends(call, process, points));
            return ProcessValue.of(system.process(), () -> DoobTransformSteps.of(system));
        }
        DoobTransform conditioned = DoobTransform.of(process, at, end(call));
        return ProcessValue.of(conditioned.process(), () -> DoobTransformSteps.of(conditioned));
    }

    private static Map<Expr.Symbol, Expr> ends(Call call, Process process, Map<String, Value> points) {
        Map<Expr.Symbol, Expr> ends = new LinkedHashMap<>();
        points.forEach((name, point) -> {
            Expr.Symbol state = process.states().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Diagnostic.error(
                                    "E0622", call.place("x1"), process.name() + " has no state `" + name + "`")
                            .help("its states are "
                                    + process.states().stream()
                                            .map(each -> "`" + each + "`")
                                            .collect(Collectors.joining(", ")))
                            .raise());
            ends.put(
                    state,
                    Formulas.expression(
                            Formulas.named(name + "1", point, call.tensors(), call.place("x1")), call.place("x1")));
        });
        return ends;
    }

    /** Returns the end of a pinned process as a formula: of a tensor a parameter with the name that it has in the call. */
    private static Expr end(Call call) {
        Span place = call.place("x1");
        Value given = call.value("x1") instanceof Value.ListValue list ? call.tensorOf(list) : call.value("x1");
        String name = NAME.matcher(place.text()).matches() ? place.text() : "x1";
        return Formulas.expression(Formulas.named(name, given, call.tensors(), place), place);
    }

    private static Value chain(Process process, int count) {
        SeveralNumbers.refuseMatrices(process, "a chain");
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

    /** Returns the process, with the parameters that are conditions of a given score. */
    private static ProcessValue scoredProcess(Call call) {
        return call.given("score").isPresent() ? conditioned(call).process() : ProcessValue.argument(call, "process");
    }

    private static ConditionedProcess conditioned(Call call) {
        return ConditionedProcess.of(
                ProcessValue.argument(call, "process"), call.callable("score"), call.interpreter(), call.span());
    }

    /** Returns a number, a formula or a schedule as a formula of the process's time. */
    private static Expr ofTime(Call call, String slot, Process process) {
        Expr formula = given(call, slot, process);
        if (process.isCoupled()) {
            SeveralNumbers.refuse(
                    formula,
                    "`" + slot + "` of " + call.name() + " beside matrices, which mix the components,",
                    "give one number for all components, or a schedule");
        }
        return formula;
    }

    private static Expr given(Call call, String slot, Process process) {
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
        if (!call.isTrue("unlike")) {
            conditioned(call).requireSame(call.place("score"));
        }
        return derived.scoredBy(call.callable("score"));
    }
}
