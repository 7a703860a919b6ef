package org.sdescript.plot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.image.Java2D;

/** A chart as SVG and PNG, for outputs that show pictures without files. */
public final class FigureForms {
    public static final String SVG = "image/svg+xml";
    public static final String PNG = "image/png";
    public static final String GIF = "image/gif";

    /** A larger SVG, of very many points, makes a page slow; its PNG has about 100 kB. */
    private static final int LARGEST_SVG = 1 << 20;

    /** Two pixels per unit of size, for screens. */
    private static final double DPI = 192;

    private FigureForms() {}

    /** Returns the pictures by MIME type: SVG unless it is very large, and PNG if this Java can draw pixels. */
    public static Map<String, byte[]> of(Chart chart) {
        ChartPainter painter = ChartPainter.of(chart);
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] svg = svg(painter, chart.title());
        try {
            byte[] png = Java2D.with("", () -> png(painter));
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
    public static byte[] svg(Chart chart) {
        return svg(ChartPainter.of(chart), chart.title());
    }

    private static byte[] svg(ChartPainter painter, String title) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FigureFile.svg(painter, title, out);
        return out.toByteArray();
    }

    private static byte[] png(ChartPainter painter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FigureFile.png(painter, DPI, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
