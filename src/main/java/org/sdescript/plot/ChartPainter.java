package org.sdescript.plot;

import java.util.List;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.Canvas;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.TextStyle;

/**
 * A chart with the positions of all its parts, ready to be drawn on a canvas of its size.
 *
 * @param figures the figures with their layouts
 */
record ChartPainter(double width, double height, String title, double baseline, List<PanelsLayout.Placed> figures) {

    static ChartPainter of(Chart chart) {
        return switch (chart) {
            case Figure content -> {
                Figure figure = content.withUsualLabels();
                List<Marks> marks = LayerToMarks.of(figure);
                Layout layout = Layout.of(figure, marks);
                // the figure draws its title itself
                yield new ChartPainter(
                        layout.width(),
                        layout.height(),
                        "",
                        0,
                        List.of(new PanelsLayout.Placed(figure, marks, layout)));
            }
            case Panels panels -> {
                PanelsLayout layout = PanelsLayout.of(panels);
                yield new ChartPainter(
                        layout.width(), layout.height(), panels.title(), layout.title(), layout.placed());
            }
        };
    }

    void paint(Canvas canvas) {
        canvas.rectangle(new Box(0, 0, width, height), Colour.PAPER);
        if (!title.isEmpty()) {
            canvas.text(title, FigurePlan.MARGIN, baseline, TextStyle.TITLE);
        }
        figures.forEach(each -> new FigurePainter(each.figure(), each.marks(), each.layout(), canvas).paint());
    }
}
