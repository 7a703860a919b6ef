package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sdescript.backend.AverageDecay;
import org.sdescript.check.NumberRange;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The averages of the parameters that a training computes; the first is the model's.
 *
 * @param decays the decay of each average; empty for none
 * @param widths the widths of averages by the power function; empty for other averages
 * @param states the number of states of these that are kept at least, at equal distances
 */
record Averaging(List<AverageDecay> decays, List<Double> widths, int states) {
    private static final NumberRange WIDTH =
            new NumberRange(false, new NumberRange.Bound(0, false), new NumberRange.Bound(PowerFunction.WIDEST, true));
    private static final String HALF_LIFE = "half_life";
    private static final String EXAMPLES = "examples";
    private static final String RAMPUP = "rampup";
    private static final String WIDTHS = "widths";
    private static final String STATES = "states";

    Averaging {
        decays = List.copyOf(decays);
        widths = List.copyOf(widths);
    }

    /** The body of {@code half_life}: a record for {@code ema}. */
    static Value halfLife(Call call) {
        boolean bySteps = call.given("steps").isPresent();
        if (bySteps == call.given(EXAMPLES).isPresent()) {
            throw call.diagnostic("E0812", "a half-life is a number of steps or a number of examples")
                    .help("write `half_life(500)` or `half_life(examples = 64000)`")
                    .raise();
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(bySteps ? HALF_LIFE : EXAMPLES, call.value(bySteps ? "steps" : EXAMPLES));
        fields.put(RAMPUP, call.value(RAMPUP));
        return new Value.RecordValue(fields);
    }

    /** The body of {@code power_ema}: a record for {@code ema}. */
    static Value power(Call call) {
        List<Value> widths = Stream.concat(Stream.of(call.value("width")), call.rest().stream())
                .toList();
        widths.forEach(width -> width(width, call.span()));
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(WIDTHS, Value.list(widths));
        fields.put(STATES, call.value(STATES));
        return new Value.RecordValue(fields);
    }

    /** Reads the parameter {@code ema} of {@code train}. */
    static Averaging of(Call call, int batch) {
        Value ema = call.value("ema");
        if (!(ema instanceof Value.RecordValue(Map<String, Value> fields))) {
            double decay = call.number("ema");
            return single(decay == 0 ? List.of() : List.of(AverageDecay.constant(decay)));
        }
        Span span = call.span();
        if (fields.get(WIDTHS) instanceof Value widths && fields.get(STATES) instanceof Value states) {
            List<Double> all = Coercion.list(widths, "`widths` of power_ema", span).stream()
                    .map(each -> width(each, span))
                    .toList();
            return new Averaging(
                    all.stream()
                            .map(width -> PowerFunction.ofWidth(width).decay())
                            .toList(),
                    all,
                    number(states, "`states` of power_ema", NumberRange.COUNT, span)
                            .intValue());
        }
        Value steps = fields.get(HALF_LIFE);
        Value examples = fields.get(EXAMPLES);
        if ((steps == null) == (examples == null) || !(fields.get(RAMPUP) instanceof Value rampup)) {
            throw Coercion.mismatch(
                    ema, "`ema` of train", "a number, `half_life(…)` or `power_ema(…)`", call.place("ema"));
        }
        double halfLife = steps != null
                ? number(steps, "`steps` of half_life", NumberRange.POSITIVE, span)
                : number(examples, "`examples` of half_life", NumberRange.POSITIVE, span) / batch;
        return single(
                List.of(halfLife(halfLife, number(rampup, "`rampup` of half_life", NumberRange.FROM_ZERO, span))));
    }

    private static Averaging single(List<AverageDecay> decays) {
        return new Averaging(decays, List.of(), 0);
    }

    /**
     * The decay ½^(1/h) for the half-life h; early in a training, h is a share of the steps so far (Karras et al. 2022, in
     * the code: ema_rampup_ratio).
     */
    static AverageDecay halfLife(double steps, double rampup) {
        return step -> Math.pow(0.5, 1 / Math.min(steps, rampup * step));
    }

    static double width(Value width, Span span) {
        return number(width, "the width of an average", WIDTH, span);
    }

    /** Returns a number in its range; the record of {@code ema} need not come from these functions. */
    private static Double number(Value value, String what, NumberRange range, Span span) {
        double number = Coercion.number(value, what, span);
        range.refusal(what, number, span).ifPresent(refusal -> {
            throw refusal.raise();
        });
        return number;
    }

    boolean keepsStates() {
        return !widths.isEmpty();
    }
}
