package org.sdescript.image;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The outlines of the ten digits in strokes of three pens and in twelve faces of fonts. */
final class DigitOutlines {
    private static final float[] PENS = {1.0f, 1.5f, 2.0f};

    /** Scales the centre lines of pen strokes to a height of 8. */
    private static final AffineTransform GRID = AffineTransform.getScaleInstance(1.0 / 64, 1.0 / 64);

    private static final List<List<Shape>> ALL = read();

    private DigitOutlines() {}

    /** Returns for each typeface the outlines of 0 to 9, in any size and position. */
    static List<List<Shape>> all() {
        return ALL;
    }

    private static List<List<Shape>> read() {
        List<Shape> digits = OutlineFile.lines("digits.txt").stream()
                .<Shape>map(PathData::shape)
                .toList();
        List<List<Shape>> faces = new ArrayList<>();
        for (float pen : PENS) {
            faces.add(digits.subList(0, 10).stream()
                    .map(strokes -> drawn(GRID.createTransformedShape(strokes), pen))
                    .toList());
        }
        for (Typeface face : Typeface.values()) {
            faces.add(IntStream.range(0, 10)
                    .<Shape>mapToObj(digit -> PathData.shape(face.outline(String.valueOf(digit))))
                    .toList());
        }
        for (int from = 10; from < digits.size(); from += 10) {
            faces.add(digits.subList(from, from + 10));
        }
        return List.copyOf(faces);
    }

    private static Shape drawn(Shape strokes, float pen) {
        return new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(strokes);
    }
}
