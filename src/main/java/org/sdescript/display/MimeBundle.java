package org.sdescript.display;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sdescript.plot.Chart;
import org.sdescript.plot.ChartValue;
import org.sdescript.plot.Figure;
import org.sdescript.plot.FigureForms;
import org.sdescript.plot.LayerSource;
import org.sdescript.plot.LayerValue;
import org.sdescript.runtime.Value;

/**
 * A value in the forms that notebooks and pages show; a reader takes the richest form that it can show.
 *
 * @param data the content by MIME type: text as it is, the bytes of pictures in Base64; {@code text/plain} always
 */
public record MimeBundle(Map<String, String> data) {
    public static final String PLAIN = "text/plain";
    public static final String MARKDOWN = "text/markdown";
    static final String LATEX = "text/latex";
    public static final String HTML = "text/html";

    /** The head of an XML file, which does not belong into a page. */
    private static final Pattern DECLARATION = Pattern.compile("^<\\?xml[^>]*>\\s*");

    public MimeBundle {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** The forms of a value; empty for {@code none}. */
    public static Optional<MimeBundle> of(Value value) {
        return of(value, forms -> FormulaView.latex(value).ifPresent(latex -> forms.put(LATEX, latex)));
    }

    /** The forms of a value for a page without MathJax: formulas are MathML within HTML. */
    public static Optional<MimeBundle> forPage(Value value) {
        return of(value, forms -> FormulaView.html(value).ifPresent(html -> forms.put(HTML, html)));
    }

    private static Optional<MimeBundle> of(Value value, Consumer<Map<String, String>> formulas) {
        return ValueView.plain(value).map(text -> {
            Map<String, String> forms = new LinkedHashMap<>();
            forms.put(PLAIN, text);
            if (value instanceof ChartValue(Chart chart)) {
                return picture(text, FigureForms.of(chart));
            }
            List<LayerSource> layers = layers(value);
            if (layers.isEmpty()) {
                formulas.accept(forms);
                RecordTable.of(value).ifPresent(table -> forms.put(HTML, table.html()));
            } else {
                forms.putAll(picture(text, FigureForms.of(Figure.of(layers))).data());
            }
            return new MimeBundle(forms);
        });
    }

    /**
     * A picture.
     *
     * @param text what a reader without pictures shows
     * @param forms the bytes by MIME type
     */
    public static MimeBundle picture(String text, Map<String, byte[]> forms) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(PLAIN, text);
        all.putAll(texts(forms));
        PictureElement.of(forms).ifPresent(element -> all.put(HTML, element));
        return new MimeBundle(all);
    }

    /** A text, and the same text in Markdown. */
    public static MimeBundle page(String text, String markdown) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(PLAIN, text);
        forms.put(MARKDOWN, markdown);
        return new MimeBundle(forms);
    }

    public static MimeBundle text(String text) {
        return new MimeBundle(Map.of(PLAIN, text));
    }

    public String text() {
        return data.getOrDefault(PLAIN, "");
    }

    private static Map<String, String> texts(Map<String, byte[]> forms) {
        Map<String, String> texts = new LinkedHashMap<>();
        forms.forEach((type, bytes) -> texts.put(
                type,
                type.equals(FigureForms.SVG)
                        ? DECLARATION
                                .matcher(new String(bytes, StandardCharsets.UTF_8))
                                .replaceFirst("")
                        : Base64.getEncoder().encodeToString(bytes)));
        return texts;
    }

    /** The layers of a layer or of a list of layers; empty for any other value. */
    static List<LayerSource> layers(Value value) {
        List<Value> parts = value instanceof Value.ListValue(List<Value> elements) ? elements : List.of(value);
        List<LayerSource> layers = new ArrayList<>();
        for (Value part : parts) {
            if (!(part instanceof LayerValue layer)) {
                return List.of();
            }
            layers.add(layer.source());
        }
        return layers;
    }
}
