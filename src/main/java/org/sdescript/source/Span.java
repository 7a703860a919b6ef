package org.sdescript.source;

/** A half-open range of characters of one source: the origin of a tree node, a value or an error. */
public record Span(Source source, int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span " + start + ".." + end);
        }
    }

    public String text() {
        return source.text().substring(start, Math.min(end, source.text().length()));
    }

    /** The smallest span that contains both; both must be of one source. */
    public Span to(Span other) {
        return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
    }

    public int line() {
        return source.line(start);
    }

    public int column() {
        return source.column(start);
    }

    /** {@code file:line:column}, the form that editors and terminals turn into a link. */
    public String location() {
        return source.name() + ":" + line() + ":" + column();
    }

    /** Always true for spans: a span is a position, not content, so two trees that differ only in spans are equal. */
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
