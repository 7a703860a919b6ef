package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/** The words of a text, comments included, the end of the text last. */
final class Lexemes {
    private Lexemes() {}

    static List<CommonToken> of(Span window, Mistakes mistakes) {
        SdeLexer lexer = new SdeLexer(new TextStream(window));
        lexer.removeErrorListeners();
        List<CommonToken> words = new ArrayList<>();
        Token word;
        do {
            word = lexer.nextToken();
            words.add((CommonToken) word);
        } while (word.getType() != Token.EOF);
        return words;
    }
}
