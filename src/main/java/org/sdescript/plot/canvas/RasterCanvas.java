package org.sdescript.plot.canvas;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.sdescript.image.PathData;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;

/** Draws pixels with Java2D. */
public final class RasterCanvas implements Canvas, AutoCloseable {
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final double pixelsPerUnit;

    public RasterCanvas(double width, double height, double pixelsPerUnit) {
        this.pixelsPerUnit = pixelsPerUnit;
        image = new BufferedImage(
                (int) Math.ceil(width * pixelsPerUnit),
                (int) Math.ceil(height * pixelsPerUnit),
                BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setColor(awt(Colour.PAPER)); // also covers partial pixels at the edges
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(pixelsPerUnit, pixelsPerUnit);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    public BufferedImage image() {
        return image;
    }

    @Override
    public void clip(Box box) {
        graphics.setClip(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
    }

    @Override
    public void unclip() {
        graphics.setClip(null);
    }

    @Override
    public void rectangle(Box box, Colour fill) {
        graphics.setColor(awt(fill));
        graphics.fill(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
    }

    @Override
    public void polygon(double[] x, double[] y, Colour fill) {
        Path2D path = path(x, y);
        path.closePath();
        graphics.setColor(awt(fill));
        graphics.fill(path);
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke, Colour colour) {
        graphics.setColor(awt(colour));
        graphics.setStroke(pen(stroke));
        if (x.length == 2 && (x[0] == x[1] || y[0] == y[1])) {
            graphics.draw(path(crisp(x, stroke.width()), crisp(y, stroke.width())));
        } else {
            graphics.draw(path(x, y));
        }
    }

    private static BasicStroke pen(Stroke stroke) {
        float width = (float) stroke.width();
        double[] lengths = stroke.dash().lengths(stroke.width());
        if (lengths.length == 0) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
        float[] dash = new float[lengths.length];
        for (int k = 0; k < dash.length; k++) {
            dash[k] = (float) lengths[k];
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    /** Moves an upright or level line so that its edges lie between pixels. */
    private double[] crisp(double[] places, double width) {
        double half = Math.max(1, Math.rint(width * pixelsPerUnit)) / 2;
        return Arrays.stream(places)
                .map(place -> (Math.rint(place * pixelsPerUnit - half) + half) / pixelsPerUnit)
                .toArray();
    }

    @Override
    public void discs(double[] x, double[] y, double radius, Colour fill) {
        graphics.setColor(awt(fill));
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            graphics.fill(new Ellipse2D.Double(x[k] - radius, y[k] - radius, 2 * radius, 2 * radius));
        }
    }

    @Override
    public void pixels(Pixels pixels, Box box) {
        AffineTransform place = AffineTransform.getTranslateInstance(box.left(), box.top());
        place.scale(box.width() / pixels.width(), box.height() / pixels.height());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(pixels.image(), place, null);
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        TextLine line = TextLine.of(text, style);
        AffineTransform before = graphics.getTransform();
        if (style.upward()) {
            graphics.translate(crisp(x), y);
            graphics.rotate(-Math.PI / 2);
        } else {
            graphics.translate(x, crisp(y));
        }
        graphics.translate(style.offset(line.width()), 0);
        graphics.setColor(awt(style.colour()));
        line.bars().forEach(bar -> rectangle(bar.box(), style.colour()));
        AffineTransform start = graphics.getTransform();
        for (TextLine.Run run : line.runs()) {
            graphics.translate(run.x(), run.y());
            graphics.scale(run.scale(), run.scale());
            graphics.shear(run.italic() ? -TextLine.SLANT : 0, 0);
            graphics.fill(PathData.shape(run.face().outline(run.letters())));
            graphics.setTransform(start);
        }
        graphics.setTransform(before);
    }

    /** Rounds a base line to whole pixels, which small letters stand on without a grey fringe. */
    private double crisp(double place) {
        return Math.rint(place * pixelsPerUnit) / pixelsPerUnit;
    }

    @Override
    public void close() {
        graphics.dispose();
    }

    private static Path2D path(double[] x, double[] y) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, x.length + 1);
        path.moveTo(x[0], y[0]);
        for (int k = 1; k < x.length; k++) {
            StopRequest.poll();
            path.lineTo(x[k], y[k]);
        }
        return path;
    }

    private static Color awt(Colour colour) {
        return new Color(colour.rgb() | (int) Math.rint(255 * colour.opacity()) << 24, true);
    }
}
