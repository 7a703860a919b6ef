package org.sdescript.plot.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.sdescript.algebra.FormulaLayout;
import org.sdescript.algebra.FormulaSpacing;
import org.sdescript.algebra.FormulaText;
import org.sdescript.image.Typeface;

/** Sets words and formulas as a line, with the proportions of TeX (Knuth, The TeXbook, appendix G). */
final class FormulaSetter {
    private static final double SCRIPT = 0.7;
    private static final double FRACTION = 0.8;
    private static final double RISE = 0.42;
    private static final double DROP = 0.2;
    /** The height of the middle of a plus sign above the base line, in ems. */
    private static final double AXIS = 0.31;

    private static final double BAR = 0.055;
    private static final double GAP = 0.13;
    private static final double DESCENT = 0.22;
    private static final double ITALIC_CORRECTION = 0.04;
    /** The height of √ in the typeface, in ems. */
    private static final double ROOT_HEIGHT = 0.82;

    private final Typeface face;

    FormulaSetter(Typeface face) {
        this.face = face;
    }

    TextLine line(FormulaLayout.Row row, double size) {
        TextLine set = set(row, size);
        return new TextLine(FormulaText.of(row), set.runs(), set.bars(), set.width(), set.ascent(), set.descent());
    }

    private TextLine set(FormulaLayout layout, double size) {
        return switch (layout) {
            case FormulaLayout.Row(List<FormulaLayout> parts) -> row(parts, size);
            case FormulaLayout.Name(String letters, FormulaLayout.Style style) -> name(letters, style, size);
            case FormulaLayout.Digits(String digits) -> run(digits, face, false, size);
            case FormulaLayout.Sign(String sign) -> run(sign, face, false, size);
            case FormulaLayout.FunctionName(String name) -> run(name, face, false, size);
            case FormulaLayout.Words(String text) -> run(text, face, false, size);
            case FormulaLayout.Space space ->
                blank(Double.parseDouble(space.width().replace("em", "")) * size);
            case FormulaLayout.Ratio ratio -> ratio(ratio, FRACTION * size);
            case FormulaLayout.Root root -> root(root, size);
            case FormulaLayout.Scripts scripts -> scripts(scripts, size);
            case FormulaLayout.Accent accent -> accent(accent, size);
            case FormulaLayout.Fence fence -> fence(fence, size);
            case FormulaLayout.Table table -> table(table, size);
        };
    }

    private TextLine row(List<FormulaLayout> parts, double size) {
        List<TextLine> set = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            double space = FormulaSpacing.before(parts, i) * size;
            if (space > 0) {
                set.add(blank(space));
            }
            set.add(set(parts.get(i), size));
        }
        return joined(set);
    }

    private TextLine name(String letters, FormulaLayout.Style style, double size) {
        return switch (style) {
            case ITALIC -> run(letters, face, true, size);
            case BOLD -> run(letters, Typeface.BOLD, false, size);
            case DOUBLE_STRUCK -> run(FormulaText.letters(letters, style), face, false, size);
            // the typeface has no script letters
            case CALLIGRAPHIC -> run(letters, Typeface.BOLD, true, size);
            case UPRIGHT, SANS_SERIF -> run(letters, face, false, size);
        };
    }

    private static TextLine run(String letters, Typeface face, boolean italic, double size) {
        double unit = size / Typeface.UNITS;
        double width = unit * face.width(letters) + (italic ? ITALIC_CORRECTION * size : 0);
        TextLine.Run run = new TextLine.Run(letters, 0, 0, size, face, italic);
        return new TextLine(
                letters,
                List.of(run),
                List.of(),
                width,
                unit * face.height(letters),
                letters.isBlank() ? 0 : DESCENT * size);
    }

    private static TextLine blank(double width) {
        return new TextLine("", List.of(), List.of(), width, 0, 0);
    }

    private static TextLine bar(double x, double y, double width, double height) {
        TextLine.Bar bar = new TextLine.Bar(new Box(x, y, width, height));
        return new TextLine("", List.of(), List.of(bar), x + width, Math.max(0, -y), Math.max(0, y + height));
    }

    /** Joins pieces from left to right. */
    private static TextLine joined(List<TextLine> pieces) {
        List<TextLine> moved = new ArrayList<>();
        double x = 0;
        for (TextLine piece : pieces) {
            moved.add(moved(piece, x, 0));
            x += piece.width();
        }
        return over(moved, x);
    }

    /** Draws pieces over each other, as one of a given width. */
    private static TextLine over(List<TextLine> pieces, double width) {
        return new TextLine(
                "",
                pieces.stream().flatMap(piece -> piece.runs().stream()).toList(),
                pieces.stream().flatMap(piece -> piece.bars().stream()).toList(),
                width,
                pieces.stream().mapToDouble(TextLine::ascent).max().orElse(0),
                pieces.stream().mapToDouble(TextLine::descent).max().orElse(0));
    }

    private static TextLine moved(TextLine piece, double x, double y) {
        return new TextLine(
                piece.plain(),
                piece.runs().stream()
                        .map(run -> new TextLine.Run(
                                run.letters(), run.x() + x, run.y() + y, run.size(), run.face(), run.italic()))
                        .toList(),
                piece.bars().stream()
                        .map(TextLine.Bar::box)
                        .map(box -> new TextLine.Bar(new Box(box.left() + x, box.top() + y, box.width(), box.height())))
                        .toList(),
                piece.width(),
                piece.ascent() - y,
                piece.descent() + y);
    }

    private TextLine ratio(FormulaLayout.Ratio ratio, double size) {
        TextLine above = set(ratio.above(), size);
        TextLine below = set(ratio.below(), size);
        double width = Math.max(above.width(), below.width()) + 2 * BAR * size;
        double axis = AXIS * size / FRACTION;
        return over(
                List.of(
                        moved(above, (width - above.width()) / 2, -axis - GAP * size - above.descent() / 2),
                        bar(0, -axis - BAR * size / 2, width, BAR * size),
                        moved(below, (width - below.width()) / 2, -axis + GAP * size + below.ascent())),
                width);
    }

    private TextLine root(FormulaLayout.Root root, double size) {
        TextLine inside = set(root.inside(), size);
        double height = Math.max(inside.ascent() + GAP * size, ROOT_HEIGHT * size);
        TextLine sign = run("√", face, false, height / ROOT_HEIGHT);
        TextLine degree = set(root.degree(), SCRIPT * SCRIPT * size);
        double from = Math.max(0, degree.width() - sign.width() / 2);
        return over(
                List.of(
                        moved(degree, 0, -height / 2),
                        moved(sign, from, 0),
                        bar(from + sign.width() - 0.02 * size, -height, inside.width() + 0.06 * size, BAR * size),
                        moved(inside, from + sign.width() + 0.02 * size, 0)),
                from + sign.width() + inside.width() + 0.06 * size);
    }

    private TextLine scripts(FormulaLayout.Scripts scripts, double size) {
        TextLine base = set(scripts.base(), size);
        TextLine below = set(scripts.below(), SCRIPT * size);
        TextLine above = set(scripts.above(), SCRIPT * size);
        boolean tall = scripts.base() instanceof FormulaLayout.Fence;
        double rise = tall ? Math.max(RISE * size, base.ascent() - 0.4 * size) : RISE * size;
        double drop = tall ? Math.max(DROP * size, base.descent()) : DROP * size;
        return over(
                List.of(base, moved(below, base.width(), drop), moved(above, base.width() + 0.02 * size, -rise)),
                base.width() + Math.max(below.width(), above.width()) + 0.02 * size);
    }

    private TextLine accent(FormulaLayout.Accent accent, double size) {
        TextLine inside = set(accent.inside(), size);
        if (inside.runs().size() == 1 && !FormulaSpacing.isNothing(accent.inside())) {
            TextLine.Run letter = inside.runs().getFirst();
            TextLine.Run marked = new TextLine.Run(
                    letter.letters() + FormulaText.combining(accent.mark()),
                    0,
                    0,
                    size,
                    letter.face(),
                    letter.italic());
            return new TextLine(
                    "", List.of(marked), List.of(), inside.width(), inside.ascent() + 0.25 * size, inside.descent());
        }
        return over(List.of(inside, bar(0, -inside.ascent() - GAP * size, inside.width(), BAR * size)), inside.width());
    }

    private TextLine fence(FormulaLayout.Fence fence, double size) {
        TextLine inside = set(fence.inside(), size);
        double grown = Math.max(1, (inside.ascent() + inside.descent()) / (1.15 * size));
        double middle = (inside.descent() - inside.ascent()) / 2 + AXIS * size * grown;
        double y = grown > 1 ? middle : 0;
        return joined(List.of(
                moved(bracket(fence.open(), grown * size), 0, y),
                inside,
                moved(bracket(fence.close(), grown * size), 0, y)));
    }

    private TextLine bracket(String bracket, double size) {
        return bracket.equals(".") ? blank(0) : run(bracket, face, false, size);
    }

    /** Sets rows one below the other, with columns centred, in the brackets of their kind. */
    private TextLine table(FormulaLayout.Table table, double size) {
        List<List<TextLine>> cells = table.rows().stream()
                .map(row -> row.stream().map(cell -> set(cell, size)).toList())
                .toList();
        int columns = cells.stream().mapToInt(List::size).max().orElse(0);
        double[] widths = IntStream.range(0, columns)
                .mapToDouble(column -> cells.stream()
                        .filter(row -> row.size() > column)
                        .mapToDouble(row -> row.get(column).width())
                        .max()
                        .orElse(0))
                .toArray();
        double leading = 1.3 * size;
        double top = -AXIS * size - (cells.size() - 1) * leading / 2 + 0.35 * size;
        List<TextLine> placed = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            double x = 0;
            for (int j = 0; j < cells.get(i).size(); j++) {
                TextLine cell = cells.get(i).get(j);
                double spare = table.kind() == FormulaLayout.Table.Kind.MATRIX ? (widths[j] - cell.width()) / 2 : 0;
                placed.add(moved(cell, x + spare, top + i * leading));
                x += widths[j] + 0.8 * size;
            }
        }
        TextLine inside = over(placed, DoubleStream.of(widths).sum() + 0.8 * size * Math.max(0, columns - 1));
        String open =
                switch (table.kind()) {
                    case ALIGNED -> ".";
                    case MATRIX -> "(";
                    case CASES -> "{";
                };
        String close = table.kind() == FormulaLayout.Table.Kind.MATRIX ? ")" : ".";
        double grown = Math.max(1, cells.size() * leading / (1.15 * size));
        double y = AXIS * size * (grown - 1);
        return joined(
                List.of(moved(bracket(open, grown * size), 0, y), inside, moved(bracket(close, grown * size), 0, y)));
    }
}
