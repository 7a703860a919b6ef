package org.sdescript.plot;

import java.util.List;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.Canvas;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Stroke;
import org.sdescript.plot.canvas.TextStyle;

/** Draws a figure from back to front: grid, layers, axes, text. */
final class FigurePainter {
    private static final Stroke HAIR = Stroke.solid(0.8);
    private static final Stroke AXIS = Stroke.solid(1);
    private static final double TICK = 3;
    private static final double MIDDLE_OF_LETTERS = 3.8;

    private final Figure figure;
    private final List<Marks> marks;
    private final Layout layout;
    private final Canvas canvas;

    FigurePainter(Figure figure, List<Marks> marks, Layout layout, Canvas canvas) {
        this.figure = figure;
        this.marks = marks;
        this.layout = layout;
        this.canvas = canvas;
    }

    void paint() {
        if (!layout.bare()) {
            grid();
        }
        canvas.clip(layout.box().grownBy(layout.bare() ? 0 : 0.5));
        MarksPainter painter = new MarksPainter(layout, canvas);
        marks.forEach(painter::paint);
        canvas.unclip();
        marks.forEach(this::note);
        if (!layout.bare()) {
            axes();
        }
        words();
        legend();
        keys();
    }

    private void grid() {
        layout.xTicks().fine().forEach(place -> vertical(place, Colour.FINE_GRID));
        layout.yTicks().fine().forEach(place -> horizontal(place, Colour.FINE_GRID));
        layout.xTicks().places().forEach(place -> vertical(place, Colour.GRID));
        layout.yTicks().places().forEach(place -> horizontal(place, Colour.GRID));
    }

    private void vertical(double place, Colour colour) {
        double x = layout.x().placeOfMeasure(place);
        canvas.line(x, layout.box().top(), x, layout.box().bottom(), HAIR, colour);
    }

    private void horizontal(double place, Colour colour) {
        double y = layout.y().placeOfMeasure(place);
        canvas.line(layout.box().left(), y, layout.box().right(), y, HAIR, colour);
    }

    private void axes() {
        Box box = layout.box();
        canvas.line(box.left(), box.bottom(), box.right(), box.bottom(), AXIS, Colour.AXIS);
        canvas.line(box.left(), box.top(), box.left(), box.bottom(), AXIS, Colour.AXIS);
        for (int k = 0; k < layout.xTicks().places().size(); k++) {
            double x = layout.x().placeOfMeasure(layout.xTicks().places().get(k));
            canvas.line(x, box.bottom(), x, box.bottom() + TICK, AXIS, Colour.AXIS);
            if (layout.sides().bottom()) {
                double baseline = box.bottom() + FigurePlan.TICK_GAP + FigurePlan.TICK_HEIGHT - 1.5;
                canvas.text(layout.xTicks().labels().get(k), x, baseline, TextStyle.X_TICK);
            }
        }
        for (int k = 0; k < layout.yTicks().places().size(); k++) {
            double y = layout.y().placeOfMeasure(layout.yTicks().places().get(k));
            canvas.line(box.left() - TICK, y, box.left(), y, AXIS, Colour.AXIS);
            if (layout.sides().left()) {
                canvas.text(
                        layout.yTicks().labels().get(k),
                        box.left() - FigurePlan.TICK_GAP,
                        y + MIDDLE_OF_LETTERS,
                        TextStyle.Y_TICK);
            }
        }
    }

    private void words() {
        Box box = layout.box();
        Box frame = layout.frame();
        double start = FigurePlan.start(frame, box, TextStyle.TITLE.width(figure.title()));
        text(figure.title(), start, layout.top() + 13, TextStyle.TITLE);
        if (layout.bare()) {
            return;
        }
        if (layout.sides().bottom()) {
            double below = box.bottom() + FigurePlan.TICK_GAP + FigurePlan.TICK_HEIGHT + 14;
            text(figure.x().label(), box.left() + box.width() / 2, below, TextStyle.X_LABEL);
        }
        if (layout.sides().left()) {
            double numbers = layout.yTicks().labels().stream()
                    .mapToDouble(TextStyle.Y_TICK::width)
                    .max()
                    .orElse(0);
            double beside = box.left() - FigurePlan.TICK_GAP - numbers - 7;
            text(figure.y().label(), beside, box.top() + box.height() / 2, TextStyle.Y_LABEL);
        }
    }

    private void text(String words, double x, double y, TextStyle style) {
        if (!words.isEmpty()) {
            canvas.text(words, x, y, style);
        }
    }

    /** Draws a note over all marks, moved so that it ends within the plot. */
    private void note(Marks each) {
        if (!(each instanceof Marks.Words(double x, double y, String text, Look look)) || Double.isNaN(x + y)) {
            return;
        }
        TextStyle style = TextStyle.LEGEND
                .withColour(look.colour().withOpacity(look.style().opacity(1)))
                .withSize(2 * look.style().radius(TextStyle.LEGEND.size() / 2));
        Box box = layout.box();
        double width = style.width(text);
        double left = layout.x().placeOfMeasure(x);
        double baseline = layout.y().placeOfMeasure(y);
        canvas.text(
                text,
                Math.max(box.left() + 2, Math.min(left, box.right() - width - 2)),
                Math.max(box.top() + style.size(), Math.min(baseline, box.bottom() - 3)),
                style);
    }

    private void legend() {
        Legend legend = layout.legend();
        if (figure.appearance().legend() == LegendPlace.INSIDE && !legend.isEmpty()) {
            canvas.rectangle(legend.box(), Colour.PAPER.withOpacity(0.85));
        }
        LegendSigns signs = new LegendSigns(canvas);
        for (Legend.Entry entry : legend.entries()) {
            Marks named = marks.get(entry.layer());
            signs.draw(named, entry.left(), entry.baseline() - 4.2);
            canvas.text(named.label(), Legend.text(entry), entry.baseline(), TextStyle.LEGEND);
        }
    }

    private void keys() {
        List<ColourKey> keys = ColourKey.of(marks);
        for (int k = 0; k < keys.size(); k++) {
            new KeyPainter(canvas).paint(keys.get(k), layout.keys().get(k));
        }
    }
}
