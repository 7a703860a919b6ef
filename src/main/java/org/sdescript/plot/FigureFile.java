package org.sdescript.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.files.AtomicFile;
import org.sdescript.image.Java2D;
import org.sdescript.image.Typeface;

/**
 * A figure drawn to a file. Errors, besides those of all files:
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
            new FileExtensions("E0731", "pictures are not written as ", List.of(".png", ".svg"));

    /** Draws {@code content} as PNG or SVG, by the extension of the file name. */
    public static FigureFile write(Figure content, Path path) {
        Figure figure = content.withUsualLabels();
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        List<Marks> marks = LayerToMarks.of(figure);
        List<String> notes = new ArrayList<>(leftOut(marks));
        notes.addAll(boxes(figure));
        if (name.endsWith(".svg")) {
            AtomicFile.write(path, out -> svg(figure, marks, out));
        } else if (name.endsWith(".png")) {
            png(figure, marks, path);
        } else {
            throw KINDS.refused(path.getFileName().toString(), null)
                    .orElseThrow()
                    .raise();
        }
        return new FigureFile(path, List.copyOf(notes));
    }

    static void svg(Figure figure, List<Marks> marks, OutputStream out) {
        Layout layout = Layout.of(figure, marks);
        try (SvgCanvas canvas = new SvgCanvas(layout.width(), layout.height(), figure.title(), out)) {
            new FigurePainter(figure, marks, layout, canvas).paint();
        }
    }

    private static void png(Figure figure, List<Marks> marks, Path path) {
        Java2D.with("write the picture as .svg, which needs none, or use a complete JDK", () -> {
            AtomicFile.write(path, out -> png(figure, marks, out));
            return path;
        });
    }

    static void png(Figure figure, List<Marks> marks, OutputStream out) throws IOException {
        try (ImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image(figure, marks), "png", image);
        }
    }

    /** Returns the pixels of a figure. */
    static BufferedImage image(Figure figure, List<Marks> marks) {
        Layout layout = Layout.of(figure, marks);
        try (RasterCanvas canvas = new RasterCanvas(layout.width(), layout.height(), RasterCanvas.SHARP)) {
            new FigurePainter(figure, marks, layout, canvas).paint();
            return canvas.image();
        }
    }

    private static List<String> boxes(Figure figure) {
        String unknown = Typeface.REGULAR.withoutOutline(figure.title()
                + figure.x().label()
                + figure.y().label()
                + figure.layers().stream().map(Layer::label).collect(Collectors.joining()));
        return unknown.isEmpty()
                ? List.of()
                : List.of("sde has no outlines of these characters and draws boxes: " + unknown);
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
