package org.sdescript.plot;

import java.util.List;
import java.util.Optional;

/**
 * Figures in rows and columns, whose plots are aligned.
 *
 * @param rows figures from left to right; an empty place stays blank
 * @param shareX true if all figures have the same x axis, labelled in the lowest row
 * @param shareY true if all figures have the same y axis, labelled in the first column
 * @param size empty for a width of 16 centimetres and a height that follows from the figures
 * @param dpi pixels per inch of a PNG
 */
public record Panels(
        String title,
        List<List<Optional<Figure>>> rows,
        boolean shareX,
        boolean shareY,
        Optional<Figure.Size> size,
        double dpi)
        implements Chart {
    public Panels {
        rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<Figure> figures() {
        return rows.stream().flatMap(List::stream).flatMap(Optional::stream).toList();
    }

    @Override
    public String describe() {
        return "panels of " + figures().size() + " figures";
    }
}
