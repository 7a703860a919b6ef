package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Rational;
import org.sdescript.backend.MemoryLimit;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.process.NoiseForm;
import org.sdescript.process.Process;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.process.ProcessValue;

/** Checks of {@code simulate}: enough memory for its paths, and finite values in them. */
public final class SimulationChecks implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("require_room", Builtin.onHost(SimulationChecks::requireRoom)),
                Map.entry("report_order", SimulationChecks::reportOrder),
                Map.entry("report_lost_paths", Builtin.onHost(SimulationChecks::reportLostPaths)));
    }

    private static Value requireRoom(Call call) {
        double count = call.number("count");
        for (Value leaf : states(call.value("x"))) {
            Shape shape = call.tensors().shape(call.tensors().require(leaf, "the start of a simulation", call.span()));
            if (shape.rank() > 0 && shape.size(0) == 0) {
                throw call.diagnostic("E0421", "the start of a simulation holds 0 samples, but must hold at least 1")
                        .raise();
            }
            double elements = count * shape.elements();
            double bytes = elements * call.tensors().precision().bytes();
            if (elements > Integer.MAX_VALUE
                    || 2 * bytes > call.session().backend().memoryLeft()) {
                throw call.diagnostic(
                                "E0423",
                                ValueText.number(count) + " states of shape " + shape + " are too large to keep")
                        .label("takes " + MemoryLimit.inUnits(bytes))
                        .help("`paths = false` gives the last state alone; fewer steps or samples at a time take less")
                        .raise();
            }
        }
        return Value.None.NONE;
    }

    private static List<Value> states(Value x) {
        return x instanceof Value.RecordValue(var fields) ? List.copyOf(fields.values()) : List.of(x);
    }

    private static Value reportLostPaths(Call call) {
        double[] steps = call.value("lost") instanceof Value.TensorValue(var tensor)
                ? tensor.toDoubles()
                : new double[] {call.number("lost")};
        long lost = java.util.Arrays.stream(steps).filter(step -> step > 0).count();
        if (lost == 0) {
            return Value.None.NONE;
        }
        double first =
                java.util.Arrays.stream(steps).filter(step -> step > 0).min().orElseThrow();
        Process process = ProcessValue.argument(call, "process").process();
        double t = Coercion.number(call.list("times").get((int) first), "a time of the grid", call.span());
        String counted = lost + " of " + steps.length + " paths of " + process.name()
                + " are nan or infinite, the first in step " + ValueText.number(first) + ", at t = "
                + ValueText.number(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.6g", t)));
        Diagnostic told = call.diagnostic("E0540", counted).help(remedy(process));
        if (lost == steps.length) {
            throw told.raise();
        }
        call.session().console().note(counted + "; " + remedy(process));
        return Value.None.NONE;
    }

    /** Notes once that a method does not have its order for the noise of a process. */
    private static Value reportOrder(Call call) {
        ProcessValue simulated = ProcessValue.argument(call, "process");
        Process process = simulated.process();
        boolean combined = process.states().size() == 1 && !simulated.namesNoises(call.value("dw"));
        if (combined) {
            return Value.None.NONE;
        }
        NoiseForm form = NoiseForm.of(process);
        boolean commuting = call.text("noise").equals("commuting");
        if (form == NoiseForm.GENERAL || !commuting && form == NoiseForm.COMMUTING) {
            String why = form == NoiseForm.GENERAL
                    ? "do not commute"
                    : "depend on the states, and some state has two noises or some noise two states";
            call.session()
                    .log()
                    .noteOnce("the noises of " + process.name() + " " + why + ", so " + call.text("method")
                            + " is of strong order 1/2 here; "
                            + (form == NoiseForm.GENERAL
                                    ? "euler_maruyama_forward has the same order with less work"
                                    : "milstein is of order 1"));
        }
        return Value.None.NONE;
    }

    /**
     * Suggests a clamp if a coefficient has a root, a power or a logarithm of a state, whose range a step can leave;
     * otherwise smaller steps.
     */
    private static String remedy(Process process) {
        boolean hasRange = Stream.concat(
                        process.drift().stream(), process.diffusion().stream().flatMap(List::stream))
                .anyMatch(e -> hasRange(e, process));
        return hasRange
                ? "a step can leave the range where the coefficients have values: write `max(x, 0)` for the state under a root,"
                        + " a power or a logarithm, as in `sqrt(max(x, 0)) dw`; more `steps` make it rarer"
                : "likely causes: a step that is too large (more `steps`), or a drift that takes paths to infinity in finite"
                        + " time";
    }

    private static boolean hasRange(Expr e, Process process) {
        boolean own =
                switch (e) {
                    case Expr.Power(Expr base, Expr exponent) -> dependsOnState(base, process) && !isWhole(exponent);
                    case Expr.Apply(Elementary function, List<Expr> arguments) ->
                        function == Elementary.LOG && dependsOnState(arguments.getFirst(), process);
                    default -> false;
                };
        return own || e.children().stream().anyMatch(child -> hasRange(child, process));
    }

    private static boolean dependsOnState(Expr e, Process process) {
        return process.states().stream().anyMatch(state -> !e.isFreeOf(state));
    }

    private static boolean isWhole(Expr exponent) {
        return exponent instanceof Expr.Num(Rational value) && value.isInteger();
    }
}
