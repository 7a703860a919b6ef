package org.sdescript.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.TextStyle;

/** The computation of a layout, from the outside inwards. */
record FigurePlan(Figure figure, List<Marks> marks, AxisRange x, AxisRange y, boolean equalUnits, Layout.Sides sides) {
    static final double MARGIN = 7;
    static final double TICK_GAP = 6;
    static final double TICK_HEIGHT = 11;
    static final double TITLE_HEIGHT = 22;
    static final double KEY_WIDTH = 11;
    private static final double KEY_GAP = 12;
    private static final double LABEL_HEIGHT = 18;
    private static final double BETWEEN_NUMBERS = 9;
    private static final double X_TICK_DISTANCE = 44;
    private static final double Y_TICK_DISTANCE = 30;
    private static final double EQUAL_TICK_DISTANCE = 40;
    /** The points at which a piece of a curve is looked at for a place without marks. */
    private static final int ALONG = 12;
    /** Words below a legend are worse than many points. */
    private static final long WORDS = 1000;

    private static final Figure.Size USUAL = Figure.Size.ofCentimetres(16, 10);

    static FigurePlan of(Figure figure, List<Marks> marks, List<Marks> extent, Layout.Sides sides) {
        AxisRange x = Layout.xRange(figure, extent);
        AxisRange y = Layout.yRange(figure, extent);
        return new FigurePlan(figure, marks, x, y, Layout.hasEqualUnits(figure, marks, x, y), sides);
    }

    /** Returns the layout of the figure as a whole picture. */
    Layout whole() {
        Figure.Size size = figure.appearance().size().orElseGet(() -> equalUnits ? trimmed(USUAL) : USUAL);
        Box frame = new Box(0, 0, size.width(), size.height());
        return layout(frame, margins(size), false);
    }

    /** Returns the room around the plot in a picture of about this size. */
    Margins margins(Figure.Size size) {
        Legend legend = legend(size.width() - 2 * MARGIN);
        double top = MARGIN + (figure.title().isEmpty() ? 0 : TITLE_HEIGHT) + (isTop() ? above(legend) : 0);
        double bottom = MARGIN + (place() == LegendPlace.BOTTOM ? legend.height() : 0);
        double left = MARGIN;
        double right = MARGIN + (place() == LegendPlace.RIGHT && !legend.isEmpty() ? legend.width() + KEY_GAP : 0);
        if (!isBare()) {
            top += isTop() && !legend.isEmpty() || !figure.title().isEmpty() ? 3 : 5;
            bottom += sides.bottom() ? TICK_GAP + TICK_HEIGHT + labelHeight(figure.x()) : 4;
            left += sides.left()
                    ? labelHeight(figure.y())
                            + widest(yTicks(size.height() - top - bottom).labels(), TextStyle.Y_TICK)
                            + TICK_GAP
                    : 4;
        }
        double plotHeight = size.height() - top - bottom;
        for (ColourKey key : ColourKey.of(marks)) {
            right += keyWidth(key, plotHeight);
        }
        double overhang = isBare() || !sides.bottom() ? 0 : overhang(size.width() - left - right);
        return new Margins(left, top, Math.max(right, overhang), bottom);
    }

    private static double above(Legend legend) {
        return legend.isEmpty() ? 0 : legend.height() + 2;
    }

    private LegendPlace place() {
        return figure.appearance().legend();
    }

    private boolean isTop() {
        return place() == LegendPlace.TOP;
    }

    private boolean isBare() {
        return Layout.isBare(marks);
    }

    private Legend legend(double width) {
        return switch (place()) {
            case TOP, BOTTOM -> Legend.inRows(marks, width);
            case RIGHT, INSIDE -> Legend.inColumn(marks);
            case NONE -> Legend.NONE;
        };
    }

    private static double labelHeight(Axis axis) {
        return axis.label().isEmpty() ? 0 : LABEL_HEIGHT;
    }

    private static double widest(List<String> labels, TextStyle style) {
        return labels.stream().mapToDouble(style::width).max().orElse(0);
    }

    /** Returns the width of a colour bar with its numbers and its title. */
    private static double keyWidth(ColourKey key, double height) {
        double title = key.title().isEmpty() ? 0 : LABEL_HEIGHT;
        return KEY_GAP + KEY_WIDTH + 5 + widest(keyTicks(key, height).labels(), TextStyle.BAR_TICK) + title;
    }

    /** Returns the numbers beside a colour bar; places of levels count from 0, in the middle of each colour. */
    static Ticks keyTicks(ColourKey key, double height) {
        return switch (key) {
            case ColourKey.Scale(AxisRange range, String title) ->
                Ticks.linear(range, Math.max(2, height / Y_TICK_DISTANCE));
            case ColourKey.Levels(var colours, List<String> names, String title) -> {
                int stride = (int) Math.max(1, Math.ceil(names.size() * (TICK_HEIGHT + 2) / Math.max(1, height)));
                List<Integer> kept = IntStream.range(0, names.size())
                        .filter(k -> k % stride == 0)
                        .boxed()
                        .toList();
                yield Ticks.named(
                        kept.stream().map(k -> k + 0.5).toList(),
                        kept.stream().map(names::get).toList());
            }
        };
    }

    /** Returns the room that the last number of the x axis needs to the right of the plot. */
    private double overhang(double width) {
        Ticks ticks = xTicks(width, xDistance(width));
        if (ticks.places().isEmpty()) {
            return 0;
        }
        double place = (ticks.places().getLast() - x.low()) / x.length() * width;
        return MARGIN / 2 + place + TextStyle.X_TICK.width(ticks.labels().getLast()) / 2 - width;
    }

    /**
     * Returns the layout in a frame with this room around the plot.
     *
     * @param atTop true to place a plot with equal units at the top of its room instead of in the middle
     */
    Layout layout(Box frame, Margins margins, boolean atTop) {
        Box free = new Box(
                frame.left() + margins.left(),
                frame.top() + margins.top(),
                Math.max(1, frame.width() - margins.across()),
                Math.max(1, frame.height() - margins.down()));
        Box box = equalUnits ? withEqualUnits(free, atTop) : free;
        double xDistance = xDistance(box.width());
        double top = frame.top() + MARGIN + box.top() - free.top();
        return new Layout(
                frame,
                box,
                top,
                new Scale(figure.x().log(), x, box.left(), box.right()),
                new Scale(figure.y().log(), y, box.bottom(), box.top()),
                xTicks(box.width(), xDistance),
                equalUnits
                        ? Ticks.of(figure.y().log(), y, Math.max(1, box.height() / xDistance))
                                .within(y)
                        : yTicks(box.height()),
                placed(frame, box, top),
                keys(box),
                sides,
                isBare());
    }

    private Box withEqualUnits(Box free, boolean atTop) {
        double unit = unit(free.width(), free.height());
        double width = unit * x.length();
        double height = unit * y.length();
        return new Box(
                free.left() + (free.width() - width) / 2,
                free.top() + (atTop ? 0 : (free.height() - height) / 2),
                width,
                height);
    }

    private double unit(double width, double height) {
        return Math.max(1e-9, Math.min(width / x.length(), height / y.length()));
    }

    /**
     * Returns the size without unused space beside a plot with equal units, but with room for the title and the
     * legend.
     */
    private Figure.Size trimmed(Figure.Size size) {
        Margins margins = margins(size);
        double free = size.width() - margins.across();
        double unit = unit(free, size.height() - margins.down());
        double title = TextStyle.TITLE.width(figure.title()) + 2 * MARGIN;
        double needed = unit * x.length() + margins.across();
        double width = Math.ceil(Math.clamp(needed, Math.min(title, size.width()), size.width()));
        Margins narrower = margins(new Figure.Size(width, size.height()));
        return new Figure.Size(width, Math.ceil(unit * y.length() + narrower.down()));
    }

    /** Returns the smallest distance of ticks at which their numbers do not touch. */
    private double xDistance(double width) {
        double distance = equalUnits ? EQUAL_TICK_DISTANCE : X_TICK_DISTANCE;
        while (distance < width && isCrowded(xTicks(width, distance), width)) {
            distance *= 1.25;
        }
        return distance;
    }

    private boolean isCrowded(Ticks ticks, double width) {
        return IntStream.range(1, ticks.places().size()).anyMatch(k -> {
            double apart = (ticks.places().get(k) - ticks.places().get(k - 1)) / x.length() * width;
            double needed = (TextStyle.X_TICK.width(ticks.labels().get(k))
                            + TextStyle.X_TICK.width(ticks.labels().get(k - 1)))
                    / 2;
            return apart < needed + BETWEEN_NUMBERS;
        });
    }

    private Ticks xTicks(double width, double distance) {
        return Layout.names(marks)
                .orElseGet(() -> Ticks.of(figure.x().log(), x, Math.max(1, width / distance)))
                .within(x);
    }

    private Ticks yTicks(double height) {
        return Ticks.of(figure.y().log(), y, Math.max(1, height / Y_TICK_DISTANCE))
                .within(y);
    }

    private List<Box> keys(Box box) {
        List<Box> boxes = new ArrayList<>();
        double left = box.right() + KEY_GAP;
        for (ColourKey key : ColourKey.of(marks)) {
            boxes.add(new Box(left, box.top(), KEY_WIDTH, box.height()));
            left += keyWidth(key, box.height());
        }
        return boxes;
    }

    /** Returns the legend at its place. */
    private Legend placed(Box frame, Box box, double top) {
        Legend legend = legend(frame.width() - 2 * MARGIN);
        double title = figure.title().isEmpty() ? 0 : TITLE_HEIGHT;
        return switch (place()) {
            case TOP -> legend.at(start(frame, box, legend.width()), top + title);
            case BOTTOM -> legend.at(start(frame, box, legend.width()), frame.bottom() - MARGIN - legend.height());
            case RIGHT -> legend.at(frame.right() - MARGIN - legend.width(), box.top());
            case INSIDE -> inside(legend, box);
            case NONE -> legend;
        };
    }

    /** Returns the left end of words above the plot: the plot's own, unless they need more room. */
    static double start(Box frame, Box box, double width) {
        double last = Math.max(frame.left() + MARGIN, frame.right() - MARGIN - width);
        return Math.min(Math.max(frame.left() + MARGIN, box.left()), last);
    }

    /** Places the legend in the corner with the fewest marks. */
    private Legend inside(Legend legend, Box box) {
        if (legend.isEmpty()) {
            return legend;
        }
        double edge = 8;
        double right = Math.max(box.left() + edge, box.right() - edge - legend.width());
        double bottom = Math.max(box.top() + edge, box.bottom() - edge - legend.height());
        return Stream.of(
                        legend.at(right, box.top() + edge),
                        legend.at(box.left() + edge, box.top() + edge),
                        legend.at(right, bottom),
                        legend.at(box.left() + edge, bottom))
                .min(Comparator.comparingLong(each -> covered(each.box(), box)))
                .orElse(legend);
    }

    /** Returns a weight for the words and rules below a rectangle, which have no points to count. */
    private static long hidden(Marks marks, Box hidden, DoubleUnaryOperator across, DoubleUnaryOperator down) {
        return switch (marks) {
            case Marks.Rules(boolean upright, double[] at, Look look, int total) ->
                Arrays.stream(at)
                        .map(upright ? across : down)
                        .filter(place -> upright
                                ? place > hidden.left() && place < hidden.right()
                                : place > hidden.top() && place < hidden.bottom())
                        .count();
            case Marks.Words words -> {
                double left = across.applyAsDouble(words.x());
                double baseline = down.applyAsDouble(words.y());
                boolean covers = left < hidden.right()
                        && left + TextStyle.LEGEND.width(words.text()) > hidden.left()
                        && baseline > hidden.top()
                        && baseline - TextStyle.LEGEND.size() < hidden.bottom();
                yield covers ? WORDS : 0;
            }
            default -> 0;
        };
    }

    /** Counts the points of all marks below a rectangle. */
    private long covered(Box hidden, Box box) {
        DoubleUnaryOperator across = value -> box.left() + (value - x.low()) / x.length() * box.width();
        DoubleUnaryOperator down = value -> box.bottom() - (value - y.low()) / y.length() * box.height();
        long count = 0;
        for (Marks each : marks) {
            count += hidden(each, hidden, across, down);
            double[] xs = each.xs().toArray();
            double[] ys = each.ys().toArray();
            int between = each instanceof Marks.Curve || each instanceof Marks.Paths ? ALONG : 1;
            for (int k = 0; k < between * (Math.min(xs.length, ys.length) - 1) + 1 && xs.length > 0; k++) {
                double part = (double) (k % between) / between;
                int from = Math.min(k / between, Math.min(xs.length, ys.length) - 1);
                int to = Math.min(from + 1, Math.min(xs.length, ys.length) - 1);
                double left = across.applyAsDouble(xs[from] + part * (xs[to] - xs[from]));
                double top = down.applyAsDouble(ys[from] + part * (ys[to] - ys[from]));
                boolean inside =
                        left > hidden.left() && left < hidden.right() && top > hidden.top() && top < hidden.bottom();
                count += inside ? 1 : 0;
            }
        }
        return count;
    }
}
