package org.sdescript.plot.canvas;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sdescript.image.PathData;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;

/**
 * Draws a page of PDF (ISO 32000-1). Letters are filled outlines, since journals refuse files with fonts that are not
 * embedded; each text is marked with its characters for readers that speak it. Needs no Java2D.
 */
public final class PdfCanvas implements Canvas {
    private static final double POINTS_PER_UNIT = 0.75;

    /** The pixels of an image per unit, so that viewers that smooth images show sharp squares. */
    private static final double FINE = 4;

    private static final int MOST_PIXELS = 1 << 23;

    private final double width;
    private final double height;
    private final String title;
    private final StringBuilder content = new StringBuilder();
    private final SortedMap<String, String> opacities = new TreeMap<>();
    private final List<Pixels> images = new ArrayList<>();

    public PdfCanvas(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
        // units of 1/96 inch, y downwards
        line(number(POINTS_PER_UNIT) + " 0 0 " + number(-POINTS_PER_UNIT) + " 0 " + number(height * POINTS_PER_UNIT)
                + " cm 1 j");
    }

    /** Writes the page as a file. */
    public void write(OutputStream out) throws IOException {
        PdfFile file = new PdfFile();
        StringBuilder named = new StringBuilder();
        for (int k = 0; k < images.size(); k++) {
            named.append("/I")
                    .append(k)
                    .append(' ')
                    .append(image(images.get(k), file))
                    .append(" 0 R ");
        }
        int page = file.addStream("", content.toString().getBytes(StandardCharsets.ISO_8859_1));
        String states = opacities.entrySet().stream()
                .map(each -> "/" + each.getKey() + " << /ca " + each.getValue() + " /CA " + each.getValue() + " >>")
                .collect(Collectors.joining(" "));
        int pages = page + 2;
        file.add("<< /Type /Page /Parent " + pages + " 0 R /MediaBox [0 0 " + number(width * POINTS_PER_UNIT) + " "
                + number(height * POINTS_PER_UNIT) + "] /Contents " + page
                + " 0 R /Group << /S /Transparency /CS /DeviceRGB >>"
                + " /Resources << /ExtGState << " + states + " >> /XObject << " + named + ">> >> >>");
        file.add("<< /Type /Pages /Kids [" + (page + 1) + " 0 R] /Count 1 >>");
        int catalogue = file.add("<< /Type /Catalog /Pages " + pages + " 0 R >>");
        int about = file.add("<< /Title " + PdfFile.text(title) + " /Producer (sde) >>");
        file.write(catalogue, about, out);
    }

    private static int image(Pixels pixels, PdfFile file) {
        byte[] bytes = new byte[3 * pixels.rgb().length];
        for (int k = 0; k < pixels.rgb().length; k++) {
            bytes[3 * k] = (byte) (pixels.rgb()[k] >> 16);
            bytes[3 * k + 1] = (byte) (pixels.rgb()[k] >> 8);
            bytes[3 * k + 2] = (byte) pixels.rgb()[k];
        }
        return file.addStream(
                "/Type /XObject /Subtype /Image /Width " + pixels.width() + " /Height " + pixels.height()
                        + " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Interpolate false",
                bytes);
    }

    @Override
    public void clip(Box box) {
        line("q " + rectangle(box) + " W n");
    }

    @Override
    public void unclip() {
        line("Q");
    }

    @Override
    public void rectangle(Box box, Colour fill) {
        line("q " + filling(fill) + rectangle(box) + " f Q");
    }

    @Override
    public void polygon(double[] x, double[] y, Colour fill) {
        line("q " + filling(fill));
        path(x, y);
        line("h f Q");
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke, Colour colour) {
        String dash = Arrays.stream(stroke.dash().lengths(stroke.width()))
                .mapToObj(PdfCanvas::number)
                .collect(Collectors.joining(" "));
        line("q " + stroking(colour) + number(stroke.width()) + " w" + (dash.isEmpty() ? "" : " [" + dash + "] 0 d"));
        path(x, y);
        line("S Q");
    }

    /** Draws each disc as a line of no length with round ends, which takes a fifth of the bytes of four curves. */
    @Override
    public void discs(double[] x, double[] y, double radius, Colour fill) {
        line("q " + stroking(fill) + number(2 * radius) + " w 1 J");
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            String place = number(x[k]) + " " + number(y[k]);
            line(place + " m " + place + " l S");
        }
        line("Q");
    }

    @Override
    public void pixels(Pixels pixels, Box box) {
        int factor = (int) Math.clamp(Math.ceil(FINE * box.width() / pixels.width()), 1, 64);
        while (factor > 1 && (double) pixels.rgb().length * factor * factor > MOST_PIXELS) {
            factor--;
        }
        images.add(pixels.enlarged(factor));
        // an image fills the unit square, with its first row at y = 1
        line("q " + number(box.width()) + " 0 0 " + number(-box.height()) + " " + number(box.left()) + " "
                + number(box.bottom()) + " cm /I" + (images.size() - 1) + " Do Q");
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        TextLine set = TextLine.of(text, style);
        line("/Span << /ActualText " + PdfFile.text(set.plain()) + " >> BDC");
        line("q " + filling(style.colour()) + "1 0 0 1 " + number(x) + " " + number(y) + " cm"
                + (style.upward() ? " 0 -1 1 0 0 0 cm" : "") + " 1 0 0 1 " + number(style.offset(set.width()))
                + " 0 cm");
        set.bars().forEach(bar -> line(rectangle(bar.box()) + " f"));
        set.runs().forEach(this::run);
        line("Q");
        line("EMC");
    }

    private void run(TextLine.Run run) {
        if (run.letters().isBlank()) {
            return;
        }
        String scale = exact(run.scale());
        String slant = run.italic() ? exact(-TextLine.SLANT * run.scale()) : "0";
        line("q " + scale + " 0 " + slant + " " + scale + " " + number(run.x()) + " " + number(run.y()) + " cm");
        PathData.draw(run.face().outline(run.letters()), new Outline());
        line("f Q");
    }

    /** Writes an outline; PDF has only cubic curves. */
    private final class Outline implements PathData.Pen {
        private double fromX;
        private double fromY;

        @Override
        public void moveTo(double x, double y) {
            at(x, y);
            line(number(x) + " " + number(y) + " m");
        }

        @Override
        public void lineTo(double x, double y) {
            at(x, y);
            line(number(x) + " " + number(y) + " l");
        }

        @Override
        public void quadTo(double controlX, double controlY, double x, double y) {
            line(number(fromX + 2 * (controlX - fromX) / 3) + " " + number(fromY + 2 * (controlY - fromY) / 3) + " "
                    + number(x + 2 * (controlX - x) / 3) + " " + number(y + 2 * (controlY - y) / 3) + " " + number(x)
                    + " " + number(y) + " c");
            at(x, y);
        }

        @Override
        public void closePath() {
            line("h");
        }

        private void at(double x, double y) {
            fromX = x;
            fromY = y;
        }
    }

    private void path(double[] x, double[] y) {
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            line(number(x[k]) + " " + number(y[k]) + (k == 0 ? " m" : " l"));
        }
    }

    private static String rectangle(Box box) {
        return number(box.left()) + " " + number(box.top()) + " " + number(box.width()) + " " + number(box.height())
                + " re";
    }

    private String filling(Colour colour) {
        return opacity(colour) + rgb(colour) + " rg ";
    }

    private String stroking(Colour colour) {
        return opacity(colour) + rgb(colour) + " RG ";
    }

    private String opacity(Colour colour) {
        if (colour.opacity() >= 1) {
            return "";
        }
        String name = "A" + Math.round(1000 * colour.opacity());
        opacities.put(name, number(colour.opacity()));
        return "/" + name + " gs ";
    }

    private static String rgb(Colour colour) {
        return exact((colour.rgb() >> 16 & 0xFF) / 255.0) + " " + exact((colour.rgb() >> 8 & 0xFF) / 255.0) + " "
                + exact((colour.rgb() & 0xFF) / 255.0);
    }

    private void line(String text) {
        content.append(text).append('\n');
    }

    /** Rounds to hundredths of a unit, 0.003 mm. */
    private static String number(double value) {
        return decimal(Math.round(value * 100), 2);
    }

    /** Rounds to millionths. */
    private static String exact(double value) {
        return decimal(Math.round(value * 1_000_000), 6);
    }

    /** Returns a decimal number without exponent, which PDF does not read, and without trailing zeros. */
    private static String decimal(long scaled, int digits) {
        return BigDecimal.valueOf(scaled, digits).stripTrailingZeros().toPlainString();
    }
}
