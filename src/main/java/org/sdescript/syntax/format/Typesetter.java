package org.sdescript.syntax.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Decides the line breaks of a document. Uses its own stack, so that deep nesting does not exhaust Java's. */
final class Typesetter {
    static final int WIDTH = 100;
    private static final int STEP = 2;

    /** The last column for aligned lines; beyond it, continuation lines are indented instead. */
    private static final int ALIGNED_UP_TO = WIDTH / 2;

    private static final int SET_IN = 4;

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final List<OutputLine> rows = new ArrayList<>();
    private final StringBuilder code = new StringBuilder();
    private int column;
    private String comment = "";

    /** @param flat true if the document is on one line for certain */
    private record Task(int indent, boolean flat, Doc doc) {}

    private Typesetter() {}

    static List<OutputLine> rows(Doc doc) {
        return new Typesetter().run(doc, false);
    }

    /** The document on one line of any length. */
    static String flat(Doc doc) {
        return new Typesetter().run(doc, true).getFirst().code();
    }

    private List<OutputLine> run(Doc doc, boolean flat) {
        tasks.push(new Task(0, flat, doc));
        while (!tasks.isEmpty()) {
            set(tasks.pop());
        }
        endLine(0);
        return rows;
    }

    private void set(Task task) {
        switch (task.doc()) {
            case Doc.Text text -> write(text.text(), text.size().width());
            case Doc.Line line -> line(line, task);
            case Doc.Hard end -> endLine(task.indent());
            case Doc.Trailing trailing -> comment = trailing.text();
            case Doc.Sequence sequence -> {
                for (Doc part : sequence.parts().reversed()) {
                    push(part, task.indent(), task.flat());
                }
            }
            case Doc.Group group -> push(group.body(), task.indent(), task.flat() || fits(group.size(), column, 0));
            case Doc.Gap gap -> push(gap.line(), task.indent(), task.flat() || staysOnLine(gap, task.indent()));
            case Doc.Indented part -> push(part.body(), task.indent() + STEP, task.flat());
            case Doc.Aligned part -> push(part.body(), below(task.indent()), task.flat());
            case Doc.Hanging part -> hang(part, task);
        }
    }

    private void push(Doc doc, int indent, boolean flat) {
        tasks.push(new Task(indent, flat, doc));
    }

    private void line(Doc.Line line, Task task) {
        if (task.flat()) {
            write(line.flat(), line.flat().length());
        } else {
            endLine(task.indent());
        }
    }

    /** True if the item fits on the line. Never true after an item of several lines. */
    private boolean staysOnLine(Doc.Gap gap, int indent) {
        boolean afterOneLine = indent + gap.before().width() <= WIDTH;
        DocSize item = gap.line().size().then(gap.after());
        return afterOneLine && fits(item, column, 1);
    }

    private void hang(Doc.Hanging part, Task task) {
        DocSize body = part.body().size();
        boolean here = task.flat() || fits(body, column + 1, 0);
        boolean below = !here && fits(body, task.indent() + STEP, 0);
        if (here || part.stays() && !below) {
            write(" ", 1);
            push(part.body(), task.indent(), here);
        } else {
            endLine(task.indent() + STEP);
            push(part.body(), task.indent() + STEP, below);
        }
    }

    private int below(int indent) {
        return column <= ALIGNED_UP_TO ? column : Math.min(indent + SET_IN, ALIGNED_UP_TO + SET_IN);
    }

    /**
     * True if a document fits on the line from a column on, with the text that must follow directly.
     *
     * @param skipped number of the next tasks that are the document itself
     */
    private boolean fits(DocSize size, int from, int skipped) {
        int room = WIDTH - from - size.width();
        Iterator<Task> rest = tasks.iterator();
        for (int i = 0; i < skipped; i++) {
            rest.next();
        }
        boolean ended = false;
        while (room >= 0 && !ended && rest.hasNext()) {
            Task next = rest.next();
            DocSize behind = next.doc().size();
            room -= next.flat() ? behind.width() : behind.head();
            ended = !next.flat() && behind.breaks();
        }
        return room >= 0;
    }

    private void write(String text, int width) {
        if (code.isEmpty()) {
            code.repeat(' ', column);
        }
        code.append(text);
        column += width;
    }

    private void endLine(int indent) {
        rows.add(new OutputLine(code.toString().stripTrailing(), comment));
        code.setLength(0);
        comment = "";
        column = indent;
    }
}
