package org.sdescript.syntax.format;

import java.util.List;

/** Aligns the comments at the ends of consecutive lines. */
final class CommentColumn {
    private static final int DISTANCE = 2;

    private CommentColumn() {}

    static String text(List<OutputLine> rows) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < rows.size()) {
            int to = from + 1;
            while (to < rows.size()
                    && rows.get(to - 1).isCommented()
                    && rows.get(to).isCommented()) {
                to++;
            }
            write(rows.subList(from, to), text);
            from = to;
        }
        return text.toString();
    }

    private static void write(List<OutputLine> block, StringBuilder text) {
        int column = column(block);
        for (OutputLine row : block) {
            text.append(row.code());
            if (row.isCommented()) {
                text.repeat(' ', Math.max(column - row.width(), DISTANCE)).append(row.comment());
            }
            text.append('\n');
        }
    }

    /** The column of a block's comments; 0 if a comment would exceed the width. */
    private static int column(List<OutputLine> block) {
        int column = DISTANCE + block.stream().mapToInt(OutputLine::width).max().orElse(0);
        int longest = block.stream().mapToInt(OutputLine::commentWidth).max().orElse(0);
        return column + longest <= Typesetter.WIDTH ? column : 0;
    }
}
