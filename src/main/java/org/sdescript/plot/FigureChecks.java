package org.sdescript.plot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.MixedText;
import org.sdescript.algebra.UnknownLatex;
import org.sdescript.check.ArgumentCheck;
import org.sdescript.check.Signature;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.source.Span;

/**
 * The values that the arguments of figures take. The check before the run and the call refuse the same values:
 *
 * <pre>
 * E0745  ends of an axis that are not two numbers in order
 * E0747  a formula in a label that sde does not read
 * E0748  an unknown colour
 * E0749  a size that is not a width and a height
 * </pre>
 */
public final class FigureChecks {
    private static final double LARGEST = 300;

    /** The functions that make figures and layers. */
    private static final Set<String> FUNCTIONS = functions();

    private FigureChecks() {}

    private static Set<String> functions() {
        Map<String, Object> all = new HashMap<>(new PlotFunctions().bodies());
        all.putAll(new MarkFunctions().bodies());
        all.putAll(new PictureFunctions().bodies());
        all.putAll(new Animation().bodies());
        return Set.copyOf(all.keySet());
    }

    /** Returns the checks of a function's parameters; none for a function without figures. */
    public static Map<String, ArgumentCheck> of(Signature function) {
        Map<String, ArgumentCheck> checks = new HashMap<>();
        if (FUNCTIONS.contains(function.name())) {
            function.slots().forEach(slot -> check(slot.name()).ifPresent(check -> checks.put(slot.name(), check)));
        }
        return checks;
    }

    private static Optional<ArgumentCheck> check(String slot) {
        return switch (slot) {
            case "label", "title", "xlabel", "ylabel", "x_label", "y_label", "text" ->
                Optional.of(ArgumentCheck.ofText(FigureChecks::formula));
            case "color" -> Optional.of(ArgumentCheck.ofText(FigureChecks::colour));
            case "xlim", "ylim" -> Optional.of(ArgumentCheck.ofNumbers((ends, place) -> ends(slot, ends, place)));
            case "size" -> Optional.of(ArgumentCheck.ofNumbers(FigureChecks::size));
            default -> Optional.empty();
        };
    }

    /** Returns the error of a text with a formula that sde does not read. */
    static Optional<Diagnostic> formula(String text, @Nullable Span place) {
        try {
            MixedText.of(text);
            return Optional.empty();
        } catch (UnknownLatex unknown) {
            return Optional.of(Diagnostic.error("E0747", place, unknown.why())
                    .help("formulas stand between dollar signs, in LaTeX with doubled backslashes:"
                            + " `\"$\\\\nabla_x \\\\log p_t$\"`; a dollar sign itself is `\\\\$`"));
        }
    }

    /** Returns the error of an unknown colour. */
    static Optional<Diagnostic> colour(String word, @Nullable Span place) {
        if (Colour.of(word).isPresent()) {
            return Optional.empty();
        }
        Diagnostic error = Diagnostic.error("E0748", place, "\"" + word + "\" is no colour");
        String known = "the colours are " + String.join(", ", Colour.names()) + ", and \"#RRGGBB\"";
        return Optional.of(Spelling.nearestOfFew(word, Colour.names())
                .map(near -> error.meant("\"" + near + "\""))
                .orElseGet(() -> error.help(known)));
    }

    /** Returns the error of two ends that are not in order. */
    static Optional<Diagnostic> ends(String slot, List<Double> ends, @Nullable Span place) {
        boolean ordered = ends.size() == 2
                && Double.isFinite(ends.getFirst())
                && Double.isFinite(ends.getLast())
                && ends.getFirst() < ends.getLast();
        return ordered
                ? Optional.empty()
                : Optional.of(Diagnostic.error("E0745", place, "`" + slot + "` is not the two ends of an axis")
                        .help("such as `" + slot + " = [-3, 3]`"));
    }

    /** Returns the error of a size that is not a width and a height in centimetres. */
    static Optional<Diagnostic> size(List<Double> size, @Nullable Span place) {
        boolean fits = size.size() == 2 && size.stream().allMatch(each -> each >= 1 && each <= LARGEST);
        return fits
                ? Optional.empty()
                : Optional.of(Diagnostic.error("E0749", place, "`size` is not a width and a height")
                        .help("in centimetres, from 1 to 300: `size = [8.5, 6]` is a column of a paper"));
    }
}
