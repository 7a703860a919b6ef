package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.check.Constant;
import org.sdescript.display.MessageJson;

/**
 * The control of a {@code param} on the page. A number has a slider from zero to twice its value, so that its present
 * value is in the middle; a whole number has whole steps.
 */
final class Slider {
    private static final double STEPS = 200;

    private Slider() {}

    /** Returns the controls of a script's parameters, in the order of the text. */
    static ArrayNode of(Program program) {
        ArrayNode all = MessageJson.array();
        for (Statement statement : program.statements()) {
            if (statement instanceof Statement.Param param) {
                all.add(of(param));
            }
        }
        return all;
    }

    private static ObjectNode of(Statement.Param param) {
        String written = param.value().span().text();
        ObjectNode control = MessageJson.object()
                .put("name", param.name())
                .put("about", param.doc().orElseGet(() -> comment(param)))
                .put("written", written);
        Optional<Double> number = Constant.number(param.value(), Map.of());
        if (number.isPresent()) {
            return range(control.put("kind", "number"), number.get(), isWhole(written, number.get()));
        }
        return switch (param.value()) {
            case Expression.Bool(boolean value, var span) ->
                control.put("kind", "boolean").put("value", value);
            case Expression.Text(var parts, var span)
            when parts.size() == 1 && parts.getFirst() instanceof Expression.TextPart.Literal(String text) ->
                control.put("kind", "text").put("value", text);
            default -> control.put("kind", "text").put("value", written);
        };
    }

    /** Returns the comment behind a parameter; empty if its line has none. */
    private static String comment(Statement.Param param) {
        String text = param.span().source().text();
        int end = text.indexOf('\n', param.span().end());
        String rest = text.substring(param.span().end(), end < 0 ? text.length() : end)
                .strip();
        return rest.startsWith("#") ? rest.substring(1).strip() : "";
    }

    private static boolean isWhole(String written, double value) {
        return value == Math.rint(value) && written.chars().noneMatch(letter -> letter == '.' || letter == 'e');
    }

    private static ObjectNode range(ObjectNode control, double value, boolean whole) {
        double low = value > 0 ? 0 : value < 0 ? 2 * value : -1;
        double high = value > 0 ? 2 * value : value < 0 ? 0 : 1;
        if (whole) {
            low = value > 0 ? 1 : value < 0 ? low : 0;
            high = value == 0 ? 10 : Math.max(high, low + 1);
        }
        return control.put("value", value)
                .put("min", low)
                .put("max", high)
                .put("step", whole ? Math.max(1, Math.rint((high - low) / STEPS)) : step(high - low));
    }

    /** Returns a power of ten, or twice or five times one, so that values on the slider are short. */
    private static double step(double width) {
        double least = width / STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double digits = least / power;
        return power * (digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }
}
