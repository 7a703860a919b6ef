package org.sdescript.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.files.AtomicFile;
import org.sdescript.image.Java2D;
import org.sdescript.image.Png;
import org.sdescript.image.Typeface;
import org.sdescript.plot.canvas.PdfCanvas;
import org.sdescript.plot.canvas.RasterCanvas;
import org.sdescript.plot.canvas.SvgCanvas;
import org.sdescript.plot.canvas.TextLine;
import org.sdescript.plot.canvas.TextStyle;

/**
 * A chart drawn to a file. Errors, besides those of all files:
 *
 * <pre>
 * E0731  an unknown kind of picture
 * E0732  a Java without AWT's libraries
 * </pre>
 *
 * @param notes notes for the user: omitted points, characters without an outline
 */
public record FigureFile(Path path, List<String> notes) {
    public static final FileExtensions KINDS =
            new FileExtensions("E0731", "pictures are not written as ", List.of(".png", ".svg", ".pdf"));

    private static final double UNITS_PER_INCH = 96;

    /** Draws {@code chart} as PNG, SVG or PDF, by the extension of the file name. */
    public static FigureFile write(Chart chart, Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        ChartPainter painter = ChartPainter.of(chart);
        if (name.endsWith(".svg")) {
            AtomicFile.write(path, out -> svg(painter, chart.title(), out));
        } else if (name.endsWith(".pdf")) {
            AtomicFile.write(path, out -> pdf(painter, chart.title(), out));
        } else if (name.endsWith(".png")) {
            png(painter, chart.dpi(), path);
        } else {
            throw KINDS.refused(path.getFileName().toString(), null)
                    .orElseThrow()
                    .raise();
        }
        return new FigureFile(path, notes(chart, painter));
    }

    /** Returns notes about points and characters that are not drawn. */
    static List<String> notes(Chart chart, ChartPainter painter) {
        List<String> notes = new ArrayList<>();
        painter.figures().forEach(each -> notes.addAll(leftOut(each.marks())));
        notes.addAll(boxes(chart));
        return List.copyOf(notes);
    }

    static void svg(ChartPainter painter, String title, OutputStream out) {
        try (SvgCanvas canvas = new SvgCanvas(painter.width(), painter.height(), plain(title), out)) {
            painter.paint(canvas);
        }
    }

    static void pdf(ChartPainter painter, String title, OutputStream out) throws IOException {
        PdfCanvas canvas = new PdfCanvas(painter.width(), painter.height(), plain(title));
        painter.paint(canvas);
        canvas.write(out);
    }

    /** Returns the text with its formulas in Unicode. */
    static String plain(String text) {
        return TextLine.of(text, TextStyle.TITLE).plain();
    }

    private static void png(ChartPainter painter, double dpi, Path path) {
        Java2D.with("write the picture as .svg or .pdf, which need none, or use a complete JDK", () -> {
            AtomicFile.write(path, out -> png(painter, dpi, out));
            return path;
        });
    }

    static void png(ChartPainter painter, double dpi, OutputStream out) throws IOException {
        Png.write(image(painter, dpi / UNITS_PER_INCH), dpi, out);
    }

    /** Returns the pixels of a chart. */
    static BufferedImage image(ChartPainter painter, double pixelsPerUnit) {
        try (RasterCanvas canvas = new RasterCanvas(painter.width(), painter.height(), pixelsPerUnit)) {
            painter.paint(canvas);
            return canvas.image();
        }
    }

    private static List<String> boxes(Chart chart) {
        String unknown = Typeface.REGULAR.withoutOutline(
                Stream.concat(Stream.of(chart.title()), chart.figures().stream().flatMap(FigureFile::words))
                        .map(FigureFile::plain)
                        .collect(Collectors.joining()));
        return unknown.isEmpty()
                ? List.of()
                : List.of("sde has no outlines of these characters and draws boxes: " + unknown);
    }

    private static Stream<String> words(Figure figure) {
        Stream<String> axes =
                Stream.of(figure.title(), figure.x().label(), figure.y().label());
        Stream<String> layers = figure.layers().stream().flatMap(layer -> switch (layer) {
            case Layer.Note note -> Stream.of(note.text());
            case Layer.Bars bars -> Stream.concat(Stream.of(bars.label()), bars.names().stream());
            default -> Stream.of(layer.label());
        });
        return Stream.concat(axes, layers);
    }

    static List<String> leftOut(List<Marks> marks) {
        List<String> notes = new ArrayList<>();
        for (int k = 0; k < marks.size(); k++) {
            Marks layer = marks.get(k);
            if (layer.leftOut() > 0) {
                String name = layer.label().isEmpty() ? "layer " + (k + 1) : "\"" + layer.label() + "\"";
                notes.add(layer.leftOut() + " of " + layer.total() + " points of " + name
                        + " cannot be shown (not finite, or not positive on a logarithmic axis)");
            }
        }
        return notes;
    }
}
