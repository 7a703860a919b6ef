package org.sdescript.display;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.plot.Axis;
import org.sdescript.plot.Figure;
import org.sdescript.plot.FigureForms;
import org.sdescript.plot.Layer;

/** A loss of a training against its steps. Of a long training every second, fourth, … step is kept, and the last. */
final class LossCurve {
    private static final int MOST = 400;
    private static final double WIDTH = 560;
    private static final double HEIGHT = 300;

    record Point(long step, double loss) {}

    private final List<Point> kept = new ArrayList<>();
    private long stride = 1;
    private long added;
    private Point last = new Point(0, Double.NaN);

    void add(long step, double loss) {
        last = new Point(step, loss);
        if (added++ % stride == 0) {
            kept.add(last);
        }
        if (kept.size() == MOST) {
            List<Point> half = new ArrayList<>();
            for (int i = 0; i < kept.size(); i += 2) {
                half.add(kept.get(i));
            }
            kept.clear();
            kept.addAll(half);
            stride *= 2;
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** The points of the curve, the last one included. */
    List<Point> points() {
        List<Point> points = new ArrayList<>(kept);
        if (!isEmpty() && !points.getLast().equals(last)) {
            points.add(last);
        }
        return points;
    }

    private Layer line(String label) {
        return new Layer.Line(
                points().stream().mapToDouble(Point::step).toArray(),
                points().stream().mapToDouble(Point::loss).toArray(),
                label);
    }

    /** @param validation the loss on validation data; may be empty */
    byte[] svg(String title, LossCurve validation) {
        List<Layer> lines =
                validation.isEmpty() ? List.of(line("")) : List.of(line("training"), validation.line("validation"));
        Figure figure = Figure.of(lines)
                .title(title)
                .x(new Axis("step", false))
                .y(new Axis("loss", false))
                .size(WIDTH, HEIGHT);
        return FigureForms.svg(figure);
    }
}
