package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeLexer;

/** Repairs Python's blocks, a colon at the end of a header and indented lines: reports them and inserts braces. */
final class IndentedBlocks {
    private static final Set<Integer> HEADERS =
            Set.of(SdeLexer.IF, SdeLexer.ELSE, SdeLexer.FOR, SdeLexer.WHILE, SdeLexer.REPEAT);

    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>();
    private boolean lineStarts = true;
    private boolean inHeader;

    /** The number of brackets left open by the line: a colon inside them belongs to a slice or a record. */
    private int brackets;

    private IndentedBlocks(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        this.source = source;
        this.words = words;
        this.mistakes = mistakes;
    }

    static List<CommonToken> braced(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        return new IndentedBlocks(source, words, mistakes).run();
    }

    private List<CommonToken> run() {
        int indent = 0;
        for (int i = 0; i < words.size(); i++) {
            CommonToken word = words.get(i);
            if (lineStarts && TokenFacts.isVisible(word) && word.getType() != SdeLexer.NEWLINE) {
                indent = word.getType() == Token.EOF ? -1 : TokenFacts.indent(source, word);
                closeDownTo(indent, word);
                inHeader = opensHeader(i);
                brackets = 0;
                lineStarts = false;
            }
            brackets += bracket(word.getType());
            inHeader &= brackets >= 0;
            if (word.getType() == SdeLexer.COLON && inHeader && brackets == 0 && endsLine(i + 1)) {
                open(word, indent);
            }
            lineStarts |= word.getType() == SdeLexer.NEWLINE;
            out.add(word);
        }
        return out;
    }

    private static int bracket(int type) {
        return switch (type) {
            case SdeLexer.LPAREN, SdeLexer.LBRACKET, SdeLexer.LBRACE -> 1;
            case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> -1;
            default -> 0;
        };
    }

    private void closeDownTo(int indent, CommonToken word) {
        while (!indents.isEmpty() && indents.peek() >= indent) {
            indents.pop();
            out.add(TokenFacts.madeUp(SdeLexer.RBRACE, "}", word));
            if (word.getType() != SdeLexer.ELSE) {
                out.add(TokenFacts.madeUp(SdeLexer.NEWLINE, "", word));
            }
        }
    }

    private boolean opensHeader(int at) {
        int type = words.get(at).getType();
        return HEADERS.contains(type)
                || type == SdeLexer.NAME
                        && NewlinesAndSoftKeywords.declares(
                                words.get(at).getText(), TokenFacts.visibleAt(words, at + 1));
    }

    private boolean endsLine(int at) {
        int type = TokenFacts.visibleAt(words, at).getType();
        return type == SdeLexer.NEWLINE || type == Token.EOF;
    }

    private void open(CommonToken colon, int indent) {
        mistakes.addOfSentence(
                source.lineStart(source.line(colon.getStartIndex())),
                Diagnostic.error("E0108", TokenFacts.span(source, colon), "a block does not start with a colon")
                        .help("write `{` here and `}` after the block's last line"));
        colon.setType(SdeLexer.LBRACE);
        indents.push(indent);
    }
}
