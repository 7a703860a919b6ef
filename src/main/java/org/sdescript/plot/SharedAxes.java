package org.sdescript.plot;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;

/** Gives the figures of panels common axes, where the panels share them. */
final class SharedAxes {
    private SharedAxes() {}

    static List<Figure> of(Panels panels) {
        List<Figure> figures = panels.figures();
        List<Figure> alike = panels.shareX() ? shared(figures, Layout::xRange, true) : figures;
        return panels.shareY() ? shared(alike, Layout::yRange, false) : alike;
    }

    private static List<Figure> shared(
            List<Figure> figures, BiFunction<Figure, List<Marks>, AxisRange> range, boolean across) {
        List<AxisRange> ranges = figures.stream()
                .map(figure -> numbers(range.apply(figure, LayerToMarks.of(figure)), axis(figure, across)))
                .toList();
        AxisRange all = AxisRange.of(ranges.stream().flatMapToDouble(each -> DoubleStream.of(each.low(), each.high())));
        return figures.stream()
                .map(figure -> across
                        ? figure.x(figure.x().limits(all))
                        : figure.y(figure.y().limits(all)))
                .toList();
    }

    private static Axis axis(Figure figure, boolean across) {
        return across ? figure.x() : figure.y();
    }

    private static AxisRange numbers(AxisRange measures, Axis axis) {
        return axis.log() ? new AxisRange(Math.pow(10, measures.low()), Math.pow(10, measures.high())) : measures;
    }
}
