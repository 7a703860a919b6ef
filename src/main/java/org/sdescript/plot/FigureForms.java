package org.sdescript.plot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.image.Java2D;

/** A figure as SVG and PNG, for outputs that show pictures without files. */
public final class FigureForms {
    public static final String SVG = "image/svg+xml";
    public static final String PNG = "image/png";
    public static final String GIF = "image/gif";

    /** A larger SVG, of very many points, makes a page slow; its PNG has about 100 kB. */
    private static final int LARGEST_SVG = 1 << 20;

    private FigureForms() {}

    /** Returns the pictures by MIME type: SVG unless it is very large, and PNG if this Java can draw pixels. */
    public static Map<String, byte[]> of(Figure content) {
        Figure figure = content.withUsualLabels();
        List<Marks> marks = LayerToMarks.of(figure);
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] svg = svg(figure, marks);
        try {
            byte[] png = Java2D.with("", () -> png(figure, marks));
            if (svg.length <= LARGEST_SVG) {
                forms.put(SVG, svg);
            }
            forms.put(PNG, png);
        } catch (SdeError noPixels) {
            forms.put(SVG, svg);
        }
        return forms;
    }

    /** Returns the SVG alone, for pictures that are drawn again and again. */
    public static byte[] svg(Figure content) {
        Figure figure = content.withUsualLabels();
        return svg(figure, LayerToMarks.of(figure));
    }

    private static byte[] svg(Figure figure, List<Marks> marks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FigureFile.svg(figure, marks, out);
        return out.toByteArray();
    }

    private static byte[] png(Figure figure, List<Marks> marks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FigureFile.png(figure, marks, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
