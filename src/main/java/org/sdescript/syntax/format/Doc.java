package org.sdescript.syntax.format;

import java.util.List;

/** Text whose line ends are not settled yet, after Wadler's "A prettier printer". */
sealed interface Doc {
    Doc NOTHING = new Text("", Size.NOTHING);
    Doc HARD = new Hard();
    Doc BLANK = new Line(" ");

    /** Where a line may end though no blank stands there otherwise. */
    Doc SOFT = new Line("");

    Size size();

    record Text(String text, Size size) implements Doc {}

    /** {@code flat}, or the end of a line. */
    record Line(String flat) implements Doc {
        @Override
        public Size size() {
            return Size.breakable(flat.length());
        }
    }

    /** The end of a line, always. */
    record Hard() implements Doc {
        @Override
        public Size size() {
            return Size.BREAK;
        }
    }

    /** A comment at the end of the line, whatever else comes on it; a {@link Hard} has to follow somewhere. */
    record Trailing(String text) implements Doc {
        @Override
        public Size size() {
            return Size.NOTHING;
        }
    }

    record Sequence(List<Doc> parts, Size size) implements Doc {}

    /** On one line if there is room, else each {@link Line} ends one. */
    record Group(Doc body) implements Doc {
        @Override
        public Size size() {
            return body.size();
        }
    }

    /** A place between two items of which as many as there is room for go on a line. */
    record Gap(Doc line, Size before, Size after) implements Doc {
        @Override
        public Size size() {
            return line.size();
        }
    }

    /** Further lines start two blanks further in. */
    record Indented(Doc body) implements Doc {
        @Override
        public Size size() {
            return body.size();
        }
    }

    /** Further lines start below the start of this, if that is not too far to the right. */
    record Aligned(Doc body) implements Doc {
        @Override
        public Size size() {
            return body.size();
        }
    }

    /**
     * A blank and the body; or the body on a line of its own, if there it needs only one.
     *
     * @param stays whether a body that needs several lines starts here all the same
     */
    record Hanging(Doc body, boolean stays) implements Doc {
        @Override
        public Size size() {
            return Size.breakable(1 + body.size().width());
        }
    }

    static Doc text(String text) {
        return new Text(text, Size.of(text));
    }

    static Doc of(Doc... parts) {
        return of(List.of(parts));
    }

    static Doc of(List<Doc> parts) {
        Size size = Size.NOTHING;
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
