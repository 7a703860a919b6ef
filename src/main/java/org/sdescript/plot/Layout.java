package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** The positions of all parts of a figure. */
record Layout(
        double width,
        double height,
        Box box,
        Scale x,
        Scale y,
        Ticks xTicks,
        Ticks yTicks,
        List<LegendEntry> legend,
        boolean bare) {
    static final double MARGIN = 16;
    static final double SWATCH = 16;
    static final double TICK_GAP = 7;
    private static final Figure.Size USUAL = new Figure.Size(800, 520);
    private static final double TITLE_HEIGHT = 28;
    private static final double LEGEND_ROW = 22;
    private static final double AXIS_LABEL_HEIGHT = 22;
    private static final double X_TICK_DISTANCE = 85;
    private static final double Y_TICK_DISTANCE = 55;
    /** The distance on both axes, which then have equal steps. */
    private static final double EQUAL_TICK_DISTANCE = 65;
    /** The largest ratio of ranges that are still taken as two coordinates of one space. */
    private static final double ALIKE = 5;

    /** @param baseline the base line of the entry's text, slightly below the middle of its row */
    record LegendEntry(int layer, double left, double baseline) {}

    static Layout of(Figure figure, List<Marks> marks) {
        return of(figure, marks, marks);
    }

    /** @param extent all marks that the axes must hold, such as those of an animation's other frames */
    static Layout of(Figure figure, List<Marks> marks, List<Marks> extent) {
        AxisRange x = xRange(extent);
        AxisRange y = yRange(figure, extent);
        Figure.Size size = figure.size().orElse(USUAL);
        if (!hasEqualUnits(figure, x, y)) {
            return new Plan(figure, marks, x, y, X_TICK_DISTANCE, Y_TICK_DISTANCE).layout(size);
        }
        Plan plan = new Plan(figure, marks, x, y, EQUAL_TICK_DISTANCE, EQUAL_TICK_DISTANCE);
        return plan.withEqualUnits(figure.size().isPresent() ? size : plan.trimmed(size));
    }

    /**
     * Lays out the plot without text, on a canvas of Braille.
     *
     * @param columns the number of characters in a line
     * @param columnsPerTick the smallest distance between numbers on the x axis
     */
    static Layout inDots(Figure figure, List<Marks> marks, int columns, int rows, int columnsPerTick, int rowsPerTick) {
        AxisRange x = xRange(marks);
        AxisRange y = yRange(figure, marks);
        double width = Math.max(1, columns * BrailleCanvas.ACROSS);
        double height = rows * BrailleCanvas.DOWN;
        if (hasEqualUnits(figure, x, y)) {
            double unit = Math.min(width / x.length(), height / y.length());
            width = unit * x.length();
            height = unit * y.length();
        }
        // the last dot is still on the canvas
        Box box = new Box(0, 0, width - 1, height - 1);
        return new Layout(
                width,
                height,
                box,
                new Scale(figure.x().log(), x, box.left(), box.right()),
                new Scale(figure.y().log(), y, box.bottom(), box.top()),
                Ticks.of(figure.x().log(), x, Math.max(1, width / BrailleCanvas.ACROSS / columnsPerTick)),
                Ticks.of(figure.y().log(), y, Math.max(1, height / BrailleCanvas.DOWN / rowsPerTick)),
                List.of(),
                isBare(marks));
    }

    private static boolean hasEqualUnits(Figure figure, AxisRange x, AxisRange y) {
        return switch (figure.aspect()) {
            case EQUAL_UNITS -> true;
            case FREE -> false;
            case BY_CONTENT ->
                !figure.x().log()
                        && !figure.y().log()
                        && figure.layers().stream().allMatch(Layout::isOfThePlane)
                        && x.length() < ALIKE * y.length()
                        && y.length() < ALIKE * x.length();
        };
    }

    private static boolean isOfThePlane(Layer layer) {
        return switch (layer) {
            case Layer.Scatter scatter -> true;
            case Layer.Cells cells -> true;
            case Layer.Contours contours -> true;
            case Layer.Arrows arrows -> true;
            case Layer.Line line -> false;
            case Layer.Histogram histogram -> false;
        };
    }

    private static AxisRange xRange(List<Marks> marks) {
        AxisRange range = AxisRange.of(marks.stream().flatMapToDouble(Marks::xs));
        return filled(marks, Marks::xs).equals(Optional.of(range)) ? range : range.withMargins();
    }

    /** Returns the range of the cells, which ends the plot unless other marks lie outside. */
    private static Optional<AxisRange> filled(List<Marks> marks, Function<Marks, DoubleStream> along) {
        List<Marks> cells = marks.stream().filter(Marks.Cells.class::isInstance).toList();
        return cells.isEmpty()
                ? Optional.empty()
                : Optional.of(AxisRange.of(cells.stream().flatMapToDouble(along)));
    }

    private static boolean isBare(List<Marks> marks) {
        return !marks.isEmpty() && marks.stream().allMatch(each -> each instanceof Marks.Cells cells && cells.bare());
    }

    /** Returns the range of y; starts at zero for histograms. */
    private static AxisRange yRange(Figure figure, List<Marks> marks) {
        AxisRange range = AxisRange.of(marks.stream().flatMapToDouble(Marks::ys));
        boolean bars = marks.stream().anyMatch(Marks.Steps.class::isInstance);
        if (filled(marks, Marks::ys).equals(Optional.of(range))) {
            return range;
        }
        return bars && !figure.y().log() && range.low() >= 0
                ? new AxisRange(0, range.high()).withMarginAbove()
                : range.withMargins();
    }

    /** The computation of a layout, from the outside inwards. */
    private record Plan(
            Figure figure, List<Marks> marks, AxisRange x, AxisRange y, double xTickDistance, double yTickDistance) {

        Layout layout(Figure.Size size) {
            double top = MARGIN + (figure.title().isEmpty() ? 0 : TITLE_HEIGHT);
            List<LegendEntry> legend = legend(top, size.width());
            top = (legend.isEmpty() ? top : legend.getLast().baseline + LEGEND_ROW / 2) + 4;
            double bottom = size.height() - MARGIN - (bare() ? 0 : 14 + TICK_GAP + labelHeight(figure.x()));
            double left = bare() ? MARGIN : MARGIN + labelHeight(figure.y()) + widest(yTicks(bottom - top)) + TICK_GAP;
            double right = size.width() - MARGIN - (bare() ? 0 : 6);
            Box box = new Box(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
            return within(size, box, legend);
        }

        /** Centres the plot in its available space. */
        Layout withEqualUnits(Figure.Size size) {
            Layout layout = layout(size);
            Box free = layout.box;
            double unit = unit(free);
            double width = unit * x.length();
            double height = unit * y.length();
            Box box = new Box(
                    free.left() + (free.width() - width) / 2, free.top() + (free.height() - height) / 2, width, height);
            return within(size, box, layout.legend);
        }

        /**
         * Returns the size without unused space beside a plot with equal units, but with room for the title and the
         * legend.
         */
        Figure.Size trimmed(Figure.Size size) {
            Box free = layout(size).box;
            double excess = free.width() - unit(free) * x.length();
            double title = TextStyle.TITLE.width(figure.title()) + 2 * MARGIN;
            double width = Math.ceil(Math.max(size.width() - excess, Math.min(title, size.width())));
            Box narrower = layout(new Figure.Size(width, size.height())).box;
            double moreLegend = narrower.top() - free.top();
            return new Figure.Size(
                    width, Math.ceil(size.height() - free.height() + unit(free) * y.length() + moreLegend));
        }

        private double unit(Box box) {
            return Math.min(box.width() / x.length(), box.height() / y.length());
        }

        private Layout within(Figure.Size size, Box box, List<LegendEntry> legend) {
            return new Layout(
                    size.width(),
                    size.height(),
                    box,
                    new Scale(figure.x().log(), x, box.left(), box.right()),
                    new Scale(figure.y().log(), y, box.bottom(), box.top()),
                    Ticks.of(figure.x().log(), x, Math.max(1, box.width() / xTickDistance)),
                    yTicks(box.height()),
                    legend,
                    bare());
        }

        private boolean bare() {
            return isBare(marks);
        }

        private Ticks yTicks(double height) {
            return Ticks.of(figure.y().log(), y, Math.max(1, height / yTickDistance));
        }

        private double labelHeight(Axis axis) {
            return axis.label().isEmpty() ? 0 : AXIS_LABEL_HEIGHT;
        }

        private double widest(Ticks ticks) {
            return ticks.labels().stream()
                    .mapToDouble(TextStyle.Y_TICK::width)
                    .max()
                    .orElse(0);
        }

        /** Places the legend's entries in rows above the plot, where they hide no marks. */
        private List<LegendEntry> legend(double top, double pictureWidth) {
            List<LegendEntry> entries = new ArrayList<>();
            double left = MARGIN;
            double baseline = top + LEGEND_ROW / 2 + 2;
            for (int k = 0; k < marks.size(); k++) {
                String label = marks.get(k).label();
                if (label.isEmpty()) {
                    continue;
                }
                double width = SWATCH + 6 + TextStyle.LEGEND.width(label);
                if (left > MARGIN && left + width > pictureWidth - MARGIN) {
                    left = MARGIN;
                    baseline += LEGEND_ROW;
                }
                entries.add(new LegendEntry(k, left, baseline));
                left += width + 20;
            }
            return entries;
        }
    }
}
