package org.sdescript.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeParser;

/**
 * Resumes after an error with the next statement, or with the block whose header has the error. Skipped tokens are not
 * reported, so that one mistake gives one error.
 */
final class ErrorRecovery extends DefaultErrorStrategy {
    private final Source source;
    private final SyntaxErrors mistakes;

    ErrorRecovery(Source source, SyntaxErrors mistakes) {
        this.source = source;
        this.mistakes = mistakes;
    }

    @Override
    public void reportError(org.antlr.v4.runtime.Parser parser, RecognitionException failure) {
        if (inErrorRecoveryMode(parser)) {
            return;
        }
        beginErrorCondition(parser);
        int start = sentence(parser).getStartIndex();
        mistakes.addOfSentence(start, new SyntaxMessage(source, parser, failure).diagnostic());
    }

    @Override
    public void recover(org.antlr.v4.runtime.Parser parser, RecognitionException failure) {
        skip(parser);
    }

    @Override
    public Token recoverInline(org.antlr.v4.runtime.Parser parser) {
        InputMismatchException failure = new InputMismatchException(parser);
        if (!(parser.getContext() instanceof SdeParser.EndContext)) {
            throw failure;
        }
        reportError(parser, failure);
        skip(parser);
        if (!isEnd(parser.getInputStream().LA(1))) {
            throw failure;
        }
        reportMatch(parser);
        return parser.consume();
    }

    /** Reports a token between statements that cannot start one, so that later statements are still parsed. */
    @Override
    public void sync(org.antlr.v4.runtime.Parser parser) {
        if (holdsLines(parser.getContext())
                && !parser.getATN()
                        .nextTokens(parser.getATN().states.get(parser.getState()))
                        .contains(parser.getInputStream().LA(1))) {
            reportError(parser, new InputMismatchException(parser));
            skip(parser);
        }
    }

    private static boolean holdsLines(ParserRuleContext context) {
        return switch (context) {
            case SdeParser.ProgramContext program -> true;
            case SdeParser.BlockContext block -> true;
            case SdeParser.SdeDeclarationContext sde -> sde.LBRACE() != null;
            default -> false;
        };
    }

    /** Skips to the end of the statement, over the brackets that it opens; in a header, to its block. */
    private static void skip(org.antlr.v4.runtime.Parser parser) {
        TokenStream words = parser.getInputStream();
        boolean inHeader = inHeader(parser.getContext());
        int depth = depth(words, sentence(parser).getTokenIndex());
        while (words.LA(1) != Token.EOF) {
            int type = words.LA(1);
            boolean over = isEnd(type) || type == SdeParser.RBRACE || inHeader && type == SdeParser.LBRACE;
            if (depth <= 0 && over) {
                return;
            }
            depth += step(type);
            parser.consume();
        }
    }

    private static boolean isEnd(int type) {
        return type == SdeParser.NEWLINE || type == SdeParser.SEMICOLON;
    }

    private static int step(int type) {
        return switch (type) {
            case SdeParser.LPAREN, SdeParser.LAMBDA_PAREN, SdeParser.INTERVAL, SdeParser.LBRACKET, SdeParser.LBRACE ->
                1;
            case SdeParser.RPAREN, SdeParser.RBRACKET, SdeParser.RBRACE -> -1;
            default -> 0;
        };
    }

    private static int depth(TokenStream words, int start) {
        int depth = 0;
        for (int i = start; i < words.index(); i++) {
            depth += step(words.get(i).getType());
        }
        return depth;
    }

    /** The first token of the present statement. */
    private static Token sentence(org.antlr.v4.runtime.Parser parser) {
        for (ParserRuleContext at = parser.getContext(); at != null; at = at.getParent()) {
            if (at instanceof SdeParser.LineContext || at instanceof SdeParser.SdeLineContext) {
                return at.getStart();
            }
            if (holdsLines(at)) {
                return parser.getCurrentToken();
            }
        }
        return parser.getCurrentToken();
    }

    /** True if the error lies in a part of a header, so that parsing continues with the header's block. */
    private static boolean inHeader(ParserRuleContext context) {
        for (ParserRuleContext at = context.getParent(); at != null; at = at.getParent()) {
            switch (at) {
                case SdeParser.LineContext line -> {
                    return false;
                }
                case SdeParser.SdeLineContext line -> {
                    return false;
                }
                case SdeParser.BranchContext branch -> {
                    return branch.block().isEmpty() && branch.THEN() == null;
                }
                case SdeParser.ForStatementContext loop -> {
                    return loop.block() == null;
                }
                case SdeParser.WhileStatementContext loop -> {
                    return loop.block() == null;
                }
                case SdeParser.RepeatStatementContext loop -> {
                    return loop.block() == null;
                }
                case SdeParser.TryStatementContext attempt -> {
                    return attempt.block().size() < 2 && attempt.CATCH() != null;
                }
                case SdeParser.CallableDeclarationContext callable -> {
                    return callable.body() == null;
                }
                case SdeParser.SdeDeclarationContext sde -> {
                    return sde.LBRACE() == null;
                }
                default -> {}
            }
        }
        return false;
    }
}
