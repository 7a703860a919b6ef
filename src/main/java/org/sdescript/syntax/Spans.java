package org.sdescript.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Converts positions of ANTLR's tokens and trees to spans of one source. */
record Spans(Source source) {

    Span of(Token token) {
        return TokenFacts.span(source, token);
    }

    Span of(TerminalNode node) {
        return of(node.getSymbol());
    }

    Span of(ParserRuleContext phrase) {
        int start = phrase.getStart().getStartIndex();
        int end = phrase.getStop() == null ? start : phrase.getStop().getStopIndex() + 1;
        return source.span(start, Math.max(start, end));
    }

    Span of(ParseTree tree) {
        return tree instanceof TerminalNode node ? of(node) : of((ParserRuleContext) tree);
    }
}
