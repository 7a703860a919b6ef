package org.sdescript.syntax.format;

import java.util.List;

/** Text whose line breaks are not yet decided, after Wadler's "A prettier printer". */
sealed interface Doc {
    Doc NOTHING = new Text("", DocSize.NOTHING);
    Doc HARD = new Hard();
    Doc BLANK = new Line(" ");

    /** A possible line break without a blank. */
    Doc SOFT = new Line("");

    DocSize size();

    record Text(String text, DocSize size) implements Doc {}

    /** {@code flat}, or a line break. */
    record Line(String flat) implements Doc {
        @Override
        public DocSize size() {
            return DocSize.breakable(flat.length());
        }
    }

    /** A line break in any case. */
    record Hard() implements Doc {
        @Override
        public DocSize size() {
            return DocSize.BREAK;
        }
    }

    /** A comment at the end of the line, after any other text on it; a {@link Hard} must follow. */
    record Trailing(String text) implements Doc {
        @Override
        public DocSize size() {
            return DocSize.NOTHING;
        }
    }

    record Sequence(List<Doc> parts, DocSize size) implements Doc {}

    /** One line if it fits, else every {@link Line} breaks. */
    record Group(Doc body) implements Doc {
        @Override
        public DocSize size() {
            return body.size();
        }
    }

    /** The space between two items of a row that is filled line by line. */
    record Gap(Doc line, DocSize before, DocSize after) implements Doc {
        @Override
        public DocSize size() {
            return line.size();
        }
    }

    /** Further lines are indented by two blanks. */
    record Indented(Doc body) implements Doc {
        @Override
        public DocSize size() {
            return body.size();
        }
    }

    /** Further lines align with the start of the body, unless that is too far to the right. */
    record Aligned(Doc body) implements Doc {
        @Override
        public DocSize size() {
            return body.size();
        }
    }

    /**
     * A blank and the body; or the body on a line of its own, if it fits on one there.
     *
     * @param stays true if a body of several lines starts on the present line all the same
     */
    record Hanging(Doc body, boolean stays) implements Doc {
        @Override
        public DocSize size() {
            return DocSize.breakable(1 + body.size().width());
        }
    }

    static Doc text(String text) {
        return new Text(text, DocSize.of(text));
    }

    static Doc of(Doc... parts) {
        return of(List.of(parts));
    }

    static Doc of(List<Doc> parts) {
        DocSize size = DocSize.NOTHING;
        for (Doc part : parts) {
            size = size.then(part.size());
        }
        return new Sequence(List.copyOf(parts), size);
    }

    static Doc group(Doc body) {
        return new Group(body);
    }

    static Doc aligned(Doc body) {
        return new Aligned(body);
    }

    static Doc indented(Doc... parts) {
        return new Indented(of(parts));
    }
}
