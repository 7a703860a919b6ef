package org.sdescript.plot.canvas;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.sdescript.image.Java2D;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;

/**
 * Draws SVG. Text is drawn as outlines, so that viewers need no font, with the same text over them, transparent, so that
 * it can be searched, selected and read aloud.
 */
public final class SvgCanvas implements Canvas, AutoCloseable {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final XMLStreamWriter xml;
    private int clips;

    public SvgCanvas(double width, double height, String title, OutputStream out) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
        } catch (XMLStreamException failure) {
            throw new IllegalStateException(failure);
        }
        attribute("width", number(width));
        attribute("height", number(height));
        attribute("viewBox", "0 0 " + number(width) + " " + number(height));
        if (!title.isEmpty()) {
            element("title", title);
        }
    }

    @Override
    public void clip(Box box) {
        clips++;
        start("clipPath");
        attribute("id", "clip" + clips);
        rectangle(box, Colour.PAPER);
        end();
        start("g");
        attribute("clip-path", "url(#clip" + clips + ")");
    }

    @Override
    public void unclip() {
        end();
    }

    @Override
    public void rectangle(Box box, Colour fill) {
        empty("rect");
        attribute("x", number(box.left()));
        attribute("y", number(box.top()));
        attribute("width", number(box.width()));
        attribute("height", number(box.height()));
        fill(fill);
    }

    @Override
    public void polygon(double[] x, double[] y, Colour fill) {
        empty("polygon");
        attribute("points", points(x, y));
        fill(fill);
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke, Colour colour) {
        empty("polyline");
        attribute("points", points(x, y));
        attribute("fill", "none");
        attribute("stroke", colour.hex());
        if (colour.opacity() < 1) {
            attribute("stroke-opacity", number(colour.opacity()));
        }
        attribute("stroke-width", number(stroke.width()));
        attribute("stroke-linejoin", "round");
        double[] lengths = stroke.dash().lengths(stroke.width());
        if (lengths.length > 0) {
            attribute(
                    "stroke-dasharray",
                    Arrays.stream(lengths).mapToObj(SvgCanvas::number).collect(Collectors.joining(" ")));
        }
    }

    @Override
    public void discs(double[] x, double[] y, double radius, Colour fill) {
        start("g");
        fill(fill);
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            empty("circle");
            attribute("cx", number(x[k]));
            attribute("cy", number(y[k]));
            attribute("r", number(radius));
        }
        end();
    }

    @Override
    public void pixels(Pixels pixels, Box box) {
        empty("image");
        attribute("x", number(box.left()));
        attribute("y", number(box.top()));
        attribute("width", number(box.width()));
        attribute("height", number(box.height()));
        attribute("preserveAspectRatio", "none");
        attribute("style", "image-rendering: pixelated");
        byte[] png = Java2D.with("write the picture as .png, or draw no pixels", pixels::png);
        attribute("href", "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        TextLine line = TextLine.of(text, style);
        start("g");
        attribute(
                "transform",
                "translate(" + number(x) + " " + number(y) + ")" + (style.upward() ? " rotate(-90)" : "")
                        + " translate(" + number(style.offset(line.width())) + " 0)");
        fill(style.colour());
        line.runs().forEach(this::run);
        line.bars().forEach(bar -> rectangle(bar.box(), style.colour()));
        start("text");
        attribute("font-family", "sans-serif");
        attribute("font-size", number(style.size()));
        attribute("textLength", number(line.width()));
        attribute("lengthAdjust", "spacingAndGlyphs");
        attribute("opacity", "0");
        characters(line.plain());
        end();
        end();
    }

    private void run(TextLine.Run run) {
        if (run.letters().isBlank()) {
            return;
        }
        empty("path");
        attribute(
                "transform",
                (run.x() == 0 && run.y() == 0 ? "" : "translate(" + number(run.x()) + " " + number(run.y()) + ") ")
                        + "scale(" + (float) run.scale() + ")" + (run.italic() ? " skewX(-11)" : ""));
        attribute("d", run.face().outline(run.letters()));
    }

    @Override
    public void close() {
        end();
        run(xml::flush);
    }

    private void fill(Colour colour) {
        attribute("fill", colour.hex());
        if (colour.opacity() < 1) {
            attribute("fill-opacity", number(colour.opacity()));
        }
    }

    private static String points(double[] x, double[] y) {
        StringBuilder points = new StringBuilder();
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            points.append(k == 0 ? "" : " ").append(number(x[k])).append(',').append(number(y[k]));
        }
        return points.toString();
    }

    /** Rounds to hundredths, which are finer than any screen. */
    private static String number(double value) {
        double hundredths = Math.rint(value * 100) / 100;
        return hundredths == Math.rint(hundredths) ? String.valueOf((long) hundredths) : String.valueOf(hundredths);
    }

    private void element(String name, String text) {
        start(name);
        characters(text);
        end();
    }

    /** Replaces control characters, most of which XML cannot represent. */
    private void characters(String text) {
        run(() -> xml.writeCharacters(text.replaceAll("[^\\P{C}\\p{Zs}\\p{Cf}\\p{Co}]", " ")));
    }

    private void start(String name) {
        run(() -> {
            xml.writeCharacters("\n");
            xml.writeStartElement(name);
        });
    }

    private void empty(String name) {
        run(() -> {
            xml.writeCharacters("\n");
            xml.writeEmptyElement(name);
        });
    }

    private void end() {
        run(xml::writeEndElement);
    }

    private void attribute(String name, String value) {
        run(() -> xml.writeAttribute(name, value));
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }

    private static void run(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException failure) {
            throw failure.getCause() instanceof java.io.IOException disk
                    ? new java.io.UncheckedIOException(disk)
                    : new IllegalStateException(failure);
        }
    }
}
