package org.sdescript.plot;

import java.util.List;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.Canvas;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Palette;
import org.sdescript.plot.canvas.Stroke;
import org.sdescript.plot.canvas.TextStyle;

/** Draws a colour bar with its numbers and its title. */
final class KeyPainter {
    private static final int STEPS = 256;
    private static final Stroke EDGE = Stroke.solid(0.8);
    private static final double TICK = 3;

    private final Canvas canvas;

    KeyPainter(Canvas canvas) {
        this.canvas = canvas;
    }

    void paint(ColourKey key, Box box) {
        switch (key) {
            case ColourKey.Scale scale -> {
                canvas.pixels(Palette.column(STEPS), box);
                frame(box);
            }
            case ColourKey.Levels levels -> {
                frame(box);
                lines(levels.colours(), box);
            }
        }
        numbers(key, box);
    }

    private void frame(Box box) {
        canvas.polyline(
                new double[] {box.left(), box.right(), box.right(), box.left(), box.left()},
                new double[] {box.top(), box.top(), box.bottom(), box.bottom(), box.top()},
                EDGE,
                Colour.AXIS);
    }

    private void lines(List<Colour> colours, Box box) {
        for (int k = 0; k < colours.size(); k++) {
            double y = place(k + 0.5, 0, colours.size(), box);
            canvas.line(box.left(), y, box.right(), y, Stroke.solid(2), colours.get(k));
        }
    }

    private static double place(double value, double low, double high, Box box) {
        return box.bottom() - (value - low) / (high - low) * box.height();
    }

    private void numbers(ColourKey key, Box box) {
        Ticks ticks = FigurePlan.keyTicks(key, box.height());
        AxisRange range =
                switch (key) {
                    case ColourKey.Scale scale -> scale.range();
                    case ColourKey.Levels levels ->
                        new AxisRange(0, levels.names().size());
                };
        double widest = 0;
        for (int k = 0; k < ticks.places().size(); k++) {
            double y = place(ticks.places().get(k), range.low(), range.high(), box);
            if (key instanceof ColourKey.Scale) {
                canvas.line(box.right(), y, box.right() + TICK, y, EDGE, Colour.AXIS);
            }
            canvas.text(ticks.labels().get(k), box.right() + 5, y + 3.8, TextStyle.BAR_TICK);
            widest = Math.max(widest, TextStyle.BAR_TICK.width(ticks.labels().get(k)));
        }
        if (!key.title().isEmpty()) {
            canvas.text(key.title(), box.right() + 5 + widest + 14, box.top() + box.height() / 2, TextStyle.Y_LABEL);
        }
    }
}
