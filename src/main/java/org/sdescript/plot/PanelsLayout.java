package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.TextStyle;

/**
 * The positions of several figures. The plots of a column have the same sides, those of a row the same top and bottom,
 * and all plots have one size.
 *
 * @param title the place of the title's base line
 */
record PanelsLayout(double width, double height, List<Placed> placed, double title) {
    private static final Figure.Size USUAL = Figure.Size.ofCentimetres(16, 10);
    private static final double USUAL_RATIO = 0.68;
    private static final double GAP = 9;

    /** A figure with its layout. */
    record Placed(Figure figure, List<Marks> marks, Layout layout) {}

    static PanelsLayout of(Panels panels) {
        return new Arrangement(panels).layout();
    }

    /** One figure before its place is known. */
    private record Cell(int row, int column, Figure figure, List<Marks> marks, FigurePlan plan) {}

    /** The computation of the layout. */
    private static final class Arrangement {
        private final Panels panels;
        private final int rows;
        private final int columns;
        private final List<Cell> cells = new ArrayList<>();
        private final double width;
        private final double titleHeight;

        Arrangement(Panels panels) {
            this.panels = panels;
            rows = panels.rows().size();
            columns = panels.rows().stream().mapToInt(List::size).max().orElse(1);
            width = panels.size().orElse(USUAL).width();
            titleHeight = panels.title().isEmpty() ? 0 : FigurePlan.TITLE_HEIGHT;
            List<Figure> figures = SharedAxes.of(panels);
            int next = 0;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < panels.rows().get(row).size(); column++) {
                    if (panels.rows().get(row).get(column).isPresent()) {
                        add(row, column, figures.get(next++).withUsualLabels());
                    }
                }
            }
        }

        private void add(int row, int column, Figure figure) {
            List<Marks> marks = LayerToMarks.of(figure);
            Layout.Sides sides = new Layout.Sides(
                    !panels.shareX() || isLowest(row, column), !panels.shareY() || isFirst(row, column));
            cells.add(new Cell(row, column, figure, marks, FigurePlan.of(figure, marks, marks, sides)));
        }

        private boolean isThere(int row, int column) {
            List<Optional<Figure>> figures = panels.rows().get(row);
            return column < figures.size() && figures.get(column).isPresent();
        }

        private boolean isLowest(int row, int column) {
            return IntStream.range(row + 1, rows).noneMatch(below -> isThere(below, column));
        }

        private boolean isFirst(int row, int column) {
            return IntStream.range(0, column).noneMatch(before -> isThere(row, before));
        }

        PanelsLayout layout() {
            double rough = panels.size().map(size -> size.height() / rows).orElse(width / columns * USUAL_RATIO);
            Margins[] ofColumn = margins(columns, Cell::column, rough);
            Margins[] ofRow = margins(rows, Cell::row, rough);
            double across = total(ofColumn, Margins::across) + GAP * (columns - 1);
            double plotWidth = Math.max(1, (width - across) / columns);
            double down = total(ofRow, Margins::down) + GAP * (rows - 1) + titleHeight;
            double plotHeight = panels.size()
                    .map(size -> Math.max(1, (size.height() - down) / rows))
                    .orElse(plotWidth * ratio());
            List<Placed> placed = new ArrayList<>();
            for (Cell cell : cells) {
                double left = before(ofColumn, cell.column, plotWidth, Margins::across);
                double top = titleHeight + before(ofRow, cell.row, plotHeight, Margins::down);
                Margins margins = new Margins(
                        ofColumn[cell.column].left(),
                        ofRow[cell.row].top(),
                        ofColumn[cell.column].right(),
                        ofRow[cell.row].bottom());
                Box frame = new Box(left, top, plotWidth + margins.across(), plotHeight + margins.down());
                placed.add(new Placed(cell.figure, cell.marks, cell.plan.layout(frame, margins, true)));
            }
            double height = Math.ceil(panels.size().map(Figure.Size::height).orElse(down + rows * plotHeight));
            return new PanelsLayout(width, height, placed, FigurePlan.MARGIN + TextStyle.TITLE.size());
        }

        /** Returns for each row or column the largest margins of its figures. */
        private Margins[] margins(int count, ToIntFunction<Cell> of, double rough) {
            Margins[] largest = new Margins[count];
            for (int k = 0; k < count; k++) {
                largest[k] = new Margins(0, 0, 0, 0);
            }
            for (Cell cell : cells) {
                int k = of.applyAsInt(cell);
                largest[k] = largest[k].max(cell.plan.margins(new Figure.Size(width / columns, rough)));
            }
            return largest;
        }

        private static double total(Margins[] margins, ToDoubleFunction<Margins> length) {
            return DoubleStream.of(IntStream.range(0, margins.length)
                            .mapToDouble(k -> length.applyAsDouble(margins[k]))
                            .toArray())
                    .sum();
        }

        private static double before(Margins[] margins, int index, double plot, ToDoubleFunction<Margins> length) {
            return IntStream.range(0, index)
                    .mapToDouble(k -> length.applyAsDouble(margins[k]) + plot + GAP)
                    .sum();
        }

        /** Returns the height of a plot in units of its width: that of the highest plot with equal units. */
        private double ratio() {
            double highest = cells.stream()
                    .filter(cell -> cell.plan.equalUnits())
                    .mapToDouble(cell -> cell.plan.y().length() / cell.plan.x().length())
                    .max()
                    .orElse(0);
            boolean all = cells.stream().allMatch(cell -> cell.plan.equalUnits());
            return Math.clamp(all ? highest : Math.max(highest, USUAL_RATIO), 0.05, 3);
        }
    }
}
