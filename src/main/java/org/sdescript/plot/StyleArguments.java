package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Dash;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;

/** The arguments of a layer that choose its look, as far as its function declares them. */
final class StyleArguments {
    private StyleArguments() {}

    /** @param elements the number of points, paths or bars, each of which {@code by} gives a number */
    static MarkStyle of(Call call, int elements) {
        MarkStyle style = withoutNumbers(call);
        return given(call, "by").map(by -> style.by(by(call, by, elements))).orElse(style);
    }

    /** Reads all arguments but {@code by}. */
    static MarkStyle withoutNumbers(Call call) {
        return new MarkStyle(
                words(call, "label"),
                given(call, "color").map(colour -> colour(call, colour)),
                number(call, "alpha"),
                number(call, "size"),
                given(call, "marker").flatMap(marker -> Marker.named(call.text("marker"))),
                number(call, "width"),
                given(call, "dash")
                        .flatMap(dash -> Dash.named(call.text("dash")))
                        .orElse(Dash.SOLID),
                Optional.empty());
    }

    private static Optional<Value> given(Call call, String slot) {
        return call.declares(slot) ? call.given(slot) : Optional.empty();
    }

    private static OptionalDouble number(Call call, String slot) {
        return given(call, slot).isPresent() ? OptionalDouble.of(call.number(slot)) : OptionalDouble.empty();
    }

    /** Returns a text whose formulas sde reads. */
    static String words(Call call, String slot) {
        if (!call.declares(slot)) {
            return "";
        }
        String text = call.text(slot);
        FigureChecks.formula(text, call.place(slot)).ifPresent(refusal -> {
            throw refusal.raise();
        });
        return text;
    }

    private static Colour colour(Call call, Value value) {
        if (!(value instanceof Value.Text(String word))) {
            return Colour.series(call.integer("color"));
        }
        FigureChecks.colour(word, call.place("color")).ifPresent(refusal -> {
            throw refusal.raise();
        });
        return Colour.of(word).orElseThrow();
    }

    private static double[] by(Call call, Value value, int elements) {
        double[] numbers = MarkFunctions.numbers(value, call);
        if (numbers.length != elements) {
            throw call.error("E0740", "`by` has " + numbers.length + " values for " + elements + " elements to colour");
        }
        return numbers;
    }

    /** Returns the numbers of a list. */
    static List<Double> list(Call call, String slot) {
        return call.list(slot).stream()
                .map(each -> Coercion.number(each, "a number of `" + slot + "`", call.place(slot)))
                .toList();
    }
}
