package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.BrailleCanvas;

/**
 * The positions of all parts of a figure in its frame.
 *
 * @param box the rectangle between the axes
 * @param top the upper end of the title
 * @param keys the boxes of the colour bars, in the order of {@link ColourKey#of(List)}
 * @param bare true for a picture without axes
 */
record Layout(
        Box frame,
        Box box,
        double top,
        Scale x,
        Scale y,
        Ticks xTicks,
        Ticks yTicks,
        Legend legend,
        List<Box> keys,
        Sides sides,
        boolean bare) {
    /** The largest ratio of ranges that are still taken as two coordinates of one space. */
    private static final double ALIKE = 5;

    /** The axes that have numbers and a label; in panels, inner axes have none. */
    record Sides(boolean bottom, boolean left) {
        static final Sides BOTH = new Sides(true, true);
    }

    static Layout of(Figure figure, List<Marks> marks) {
        return of(figure, marks, marks);
    }

    /** @param extent all marks that the axes must hold, such as those of an animation's other frames */
    static Layout of(Figure figure, List<Marks> marks, List<Marks> extent) {
        return FigurePlan.of(figure, marks, extent, Sides.BOTH).whole();
    }

    double width() {
        return frame.width();
    }

    double height() {
        return frame.height();
    }

    /**
     * Lays out the plot without text, on a canvas of Braille.
     *
     * @param columns the number of characters in a line
     * @param columnsPerTick the smallest distance between numbers on the x axis
     */
    static Layout inDots(Figure figure, List<Marks> marks, int columns, int rows, int columnsPerTick, int rowsPerTick) {
        AxisRange x = xRange(figure, marks);
        AxisRange y = yRange(figure, marks);
        double width = Math.max(1, columns * BrailleCanvas.ACROSS);
        double height = rows * BrailleCanvas.DOWN;
        if (hasEqualUnits(figure, marks, x, y)) {
            double unit = Math.min(width / x.length(), height / y.length());
            width = Math.max(1, unit * x.length());
            height = Math.max(1, unit * y.length());
        }
        // the last dot is still on the canvas
        Box box = new Box(0, 0, width - 1, height - 1);
        Ticks numbers = Ticks.of(figure.x().log(), x, Math.max(1, width / BrailleCanvas.ACROSS / columnsPerTick));
        return new Layout(
                new Box(0, 0, width, height),
                box,
                0,
                new Scale(figure.x().log(), x, box.left(), box.right()),
                new Scale(figure.y().log(), y, box.bottom(), box.top()),
                names(marks).orElse(numbers),
                Ticks.of(figure.y().log(), y, Math.max(1, height / BrailleCanvas.DOWN / rowsPerTick)),
                Legend.NONE,
                List.of(),
                Sides.BOTH,
                isBare(marks));
    }

    static boolean hasEqualUnits(Figure figure, List<Marks> marks, AxisRange x, AxisRange y) {
        return switch (figure.appearance().aspect()) {
            case EQUAL_UNITS -> true;
            case FREE -> false;
            case BY_CONTENT ->
                isBare(marks)
                        || !figure.x().log()
                                && !figure.y().log()
                                && showsPlane(marks)
                                && x.length() < ALIKE * y.length()
                                && y.length() < ALIKE * x.length();
        };
    }

    /** True if some layer shows the plane, and all others may lie in it. */
    private static boolean showsPlane(List<Marks> marks) {
        return marks.stream().allMatch(each -> switch (each) {
                    case Marks.Dots dots -> true;
                    case Marks.Cells cells -> true;
                    case Marks.Contours contours -> true;
                    case Marks.Arrows arrows -> true;
                    case Marks.Rules rules -> true;
                    case Marks.Words words -> true;
                    case Marks.Paths paths -> paths.plane();
                    case Marks.Curve curve -> false;
                    case Marks.Steps steps -> false;
                    case Marks.Whiskers whiskers -> false;
                    case Marks.Area area -> false;
                    case Marks.Columns columns -> false;
                })
                && (marks.isEmpty() || marks.stream().anyMatch(each -> !(each instanceof Marks.Rules)));
    }

    /** Returns the names below bars in place of numbers, if bars have names. */
    static Optional<Ticks> names(List<Marks> marks) {
        return marks.stream()
                .filter(each -> each instanceof Marks.Columns columns
                        && !columns.names().isEmpty())
                .map(Marks.Columns.class::cast)
                .findFirst()
                .map(columns -> Ticks.named(
                        IntStream.rangeClosed(1, columns.names().size())
                                .mapToObj(k -> (double) k)
                                .toList(),
                        columns.names()));
    }

    static AxisRange xRange(Figure figure, List<Marks> marks) {
        if (figure.x().limits().isPresent()) {
            return figure.x().measuredLimits().orElseThrow();
        }
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

    static boolean isBare(List<Marks> marks) {
        return !marks.isEmpty() && marks.stream().allMatch(each -> each instanceof Marks.Cells cells && cells.bare());
    }

    /** True if bars or histograms stand on the x axis. */
    static boolean hasGround(List<Marks> marks) {
        return marks.stream().anyMatch(each -> each instanceof Marks.Steps || each instanceof Marks.Columns);
    }

    /** Returns the range of y; starts at zero for bars and histograms. */
    static AxisRange yRange(Figure figure, List<Marks> marks) {
        if (figure.y().limits().isPresent()) {
            return figure.y().measuredLimits().orElseThrow();
        }
        AxisRange range = AxisRange.of(marks.stream().flatMapToDouble(Marks::ys));
        if (filled(marks, Marks::ys).equals(Optional.of(range))) {
            return range;
        }
        return hasGround(marks) && !figure.y().log() && range.low() >= 0
                ? new AxisRange(0, range.high()).withMarginAbove()
                : range.withMargins();
    }
}
