package org.sdescript.source;

/** A half-open range of characters of one source: where a tree node, a value or an error comes from. */
public record Span(Source source, int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span " + start + ".." + end);
        }
    }

    public String text() {
        return source.text().substring(start, Math.min(end, source.text().length()));
    }

    /** The smallest span that holds both; they must be of one source. */
    public Span to(Span other) {
        return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
    }

    public int line() {
        return source.line(start);
    }

    public int column() {
        return source.column(start);
    }

    /** {@code file:line:column}, as editors and terminals make it a link. */
    public String location() {
        return source.name() + ":" + line() + ":" + column();
    }

    /** Spans are positions, not content: two trees that differ only in spans are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return location();
    }
}
