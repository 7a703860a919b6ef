package org.sdescript.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * A range of a source as ANTLR reads it: whole code points, indexed by the source's own offsets, so that a token's
 * position is a span without conversion.
 */
final class TextStream implements CharStream {
    private final Source source;
    private final int end;
    private int index;

    TextStream(Span window) {
        source = window.source();
        end = window.end();
        index = window.start();
    }

    @Override
    public void consume() {
        if (index >= end) {
            throw new IllegalStateException("consumed past the end");
        }
        index += Character.charCount(source.text().codePointAt(index));
    }

    @Override
    public int LA(int distance) {
        String text = source.text();
        int at = index;
        if (distance < 0) {
            for (int i = distance; i < 0 && at > 0; i++) {
                at -= Character.charCount(text.codePointBefore(at));
            }
            return text.codePointAt(at);
        }
        for (int i = 1; i < distance && at < end; i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at < end ? text.codePointAt(at) : IntStream.EOF;
    }

    @Override
    public String getText(Interval interval) {
        return source.text().substring(interval.a, Math.min(interval.b + 1, end));
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int offset) {
        index = offset;
    }

    @Override
    public int size() {
        return end;
    }

    @Override
    public String getSourceName() {
        return source.name();
    }
}
