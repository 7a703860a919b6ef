package org.sdescript.jupyter;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.plot.Axis;
import org.sdescript.plot.Figure;
import org.sdescript.plot.FigureForms;
import org.sdescript.plot.Layer;

/** The loss of a training against its steps. Of a long training every second, fourth, … step is kept, and the last. */
final class LossCurve {
    private static final int MOST = 400;
    private static final double WIDTH = 560;
    private static final double HEIGHT = 300;

    private record Point(long step, double loss) {}

    private final List<Point> points = new ArrayList<>();
    private long stride = 1;
    private long added;
    private Point last = new Point(0, Double.NaN);

    void add(long step, double loss) {
        last = new Point(step, loss);
        if (added++ % stride == 0) {
            points.add(last);
        }
        if (points.size() == MOST) {
            List<Point> kept = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                kept.add(points.get(i));
            }
            points.clear();
            points.addAll(kept);
            stride *= 2;
        }
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    byte[] svg(String title) {
        List<Point> all = new ArrayList<>(points);
        if (!all.getLast().equals(last)) {
            all.add(last);
        }
        double[] steps = all.stream().mapToDouble(Point::step).toArray();
        double[] losses = all.stream().mapToDouble(Point::loss).toArray();
        Figure figure = Figure.of(List.of(new Layer.Line(steps, losses, "")))
                .title(title)
                .x(new Axis("step", false))
                .y(new Axis("loss", false))
                .size(WIDTH, HEIGHT);
        return FigureForms.svg(figure);
    }
}
