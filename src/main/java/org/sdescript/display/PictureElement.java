package org.sdescript.display;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.sdescript.plot.FigureForms;

/**
 * A picture as an element of HTML that holds its bytes. Converters of notebooks know it where they drop a moving picture,
 * or strip an SVG of its shapes.
 */
final class PictureElement {
    private static final int WIDTH_IN_PNG = 16;
    private static final int PIXELS_PER_UNIT = 2;

    private PictureElement() {}

    /** The element for the smallest of a picture's forms, which are bytes by MIME type. */
    static Optional<String> of(Map<String, byte[]> forms) {
        return forms.entrySet().stream()
                .min(Comparator.comparingInt(form -> form.getValue().length))
                .map(form -> "<img alt=\"picture\"" + width(form.getKey(), form.getValue()) + " src=\"data:"
                        + form.getKey() + ";base64,"
                        + Base64.getEncoder().encodeToString(form.getValue()) + "\"/>");
    }

    /** A PNG has two pixels for each unit of its size; other forms state their size. */
    private static String width(String type, byte[] bytes) {
        return type.equals(FigureForms.PNG)
                ? " width=\"" + ByteBuffer.wrap(bytes).getInt(WIDTH_IN_PNG) / PIXELS_PER_UNIT + "\""
                : "";
    }
}
