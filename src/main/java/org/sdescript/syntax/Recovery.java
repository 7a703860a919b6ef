package org.sdescript.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.sdescript.source.Source;

final class Recovery extends DefaultErrorStrategy {
    private final Source source;
    private final Mistakes mistakes;

    Recovery(Source source, Mistakes mistakes) {
        this.source = source;
        this.mistakes = mistakes;
    }

    @Override
    public void reportError(org.antlr.v4.runtime.Parser recognizer, org.antlr.v4.runtime.RecognitionException e) {
        Span();
        mistakes.add(org.sdescript.diagnostic.Diagnostic.error("E0100", Words.span(source, e.getOffendingToken()), e.toString()));
    }
    private void Span() {}
}
