package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;
import org.sdescript.syntax.grammar.SdeParser;

/** Parses a script into its syntax tree. Errors in the text are returned, never thrown. */
public final class Parser {
    private Parser() {}

    public static Parsed parse(Source source) {
        return DeepStack.run(() -> program(source));
    }

    private static Parsed program(Source source) {
        SyntaxErrors mistakes = new SyntaxErrors();
        Span whole = source.span(0, source.text().length());
        List<CommonToken> words = words(whole, NewlinesAndSoftKeywords::ofStatements, mistakes);
        SdeParser.ProgramContext tree = tree(words, source, mistakes, SdeParser::program);
        StatementBuilder statements = new StatementBuilder(new Spans(source), mistakes);
        Program program = new Program(statements.build(tree.line()), whole);
        return new Parsed(program, mistakes.sorted(), statements.lost());
    }

    /** True if an entry at the prompt is incomplete: a bracket is open, or the last token needs another one. */
    public static boolean isIncomplete(String text) {
        List<CommonToken> words = wordsOfEntry(text);
        return !words.isEmpty()
                && (Brackets.leftOpen(words)
                        || awaitsCatch(words)
                        || TokenFacts.continuesLine(words.getLast().getType()) && !isStep(words));
    }

    /** True if the entry ends with the block of a {@code try}. */
    private static boolean awaitsCatch(List<CommonToken> words) {
        int depth = 0;
        for (int i = words.size() - 1; i > 0; i--) {
            int type = words.get(i).getType();
            depth += type == SdeLexer.RBRACE ? 1 : type == SdeLexer.LBRACE ? -1 : 0;
            if (depth == 0) {
                return type == SdeLexer.LBRACE && words.get(i - 1).getText().equals(NewlinesAndSoftKeywords.TRY);
            }
        }
        return false;
    }

    /** True if a bracket of an entry at the prompt is open, which no line without a closing bracket can end. */
    public static boolean isOpen(String text) {
        return Brackets.leftOpen(wordsOfEntry(text));
    }

    private static List<CommonToken> wordsOfEntry(String text) {
        Source source = new Source("<prompt>", text);
        return Tokens.of(source.span(0, text.length()), new SyntaxErrors()).stream()
                .filter(word ->
                        TokenFacts.isVisible(word) && word.getType() != SdeLexer.NEWLINE && word.getType() != Token.EOF)
                .toList();
    }

    /** True for {@code x++}: an error to report, not an incomplete entry. */
    private static boolean isStep(List<CommonToken> words) {
        if (words.size() < 3) {
            return false;
        }
        CommonToken last = words.getLast();
        CommonToken before = words.get(words.size() - 2);
        return (last.getType() == SdeLexer.PLUS || last.getType() == SdeLexer.MINUS)
                && before.getType() == last.getType()
                && before.getStopIndex() + 1 == last.getStartIndex()
                && words.get(words.size() - 3).getType() == SdeLexer.NAME;
    }

    /** The comments of a text, in order, each from its {@code #} to the end of the line. */
    public static List<Span> comments(Source source) {
        return Tokens.of(source.span(0, source.text().length()), new SyntaxErrors()).stream()
                .filter(word -> !TokenFacts.isVisible(word))
                .map(word -> TokenFacts.span(source, word))
                .toList();
    }

    /** Parses the expression between the braces of a string. */
    static Optional<Expression> interpolation(Span inner, SyntaxErrors mistakes, int textDepth) {
        SyntaxErrors own = new SyntaxErrors();
        Source source = inner.source();
        List<CommonToken> words = new ArrayList<>(words(inner, NewlinesAndSoftKeywords::ofExpression, own));
        words.removeIf(word -> word.getType() == SdeLexer.NEWLINE);
        SdeParser.InterpolationContext tree = tree(words, source, own, SdeParser::interpolation);
        Optional<Expression> value = WholePhrase.isWhole(tree)
                ? Optional.of(new ExpressionBuilder(new Spans(source), own, textDepth).build(tree.expression()))
                : Optional.empty();
        own.sorted().forEach(mistakes::add);
        return value;
    }

    private static List<CommonToken> words(
            Span window, UnaryOperator<List<CommonToken>> layout, SyntaxErrors mistakes) {
        Source source = window.source();
        List<CommonToken> words = Tokens.of(window, mistakes);
        words = ForeignSyntax.repaired(source, words, mistakes);
        words = ForeignTokens.repaired(source, words, mistakes);
        words = IndentedBlocks.braced(source, words, mistakes);
        words = layout.apply(Brackets.balanced(source, words, mistakes));
        Optional<Diagnostic> tooDeep = NestingLimit.tooDeep(source, words);
        tooDeep.ifPresent(mistakes::add);
        return tooDeep.isPresent() ? words.subList(words.size() - 1, words.size()) : words;
    }

    /** Parses with ANTLR's fast prediction first; if that fails, the full prediction decides and reports. */
    private static <T> T tree(
            List<CommonToken> words, Source source, SyntaxErrors mistakes, Function<SdeParser, T> start) {
        SdeParser parser = parser(words);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return start.apply(parser);
        } catch (ParseCancellationException suspicious) {
            SdeParser careful = parser(words);
            careful.setErrorHandler(new ErrorRecovery(source, mistakes));
            return start.apply(careful);
        }
    }

    private static SdeParser parser(List<CommonToken> words) {
        List<Token> visible = new ArrayList<>(words);
        SdeParser parser = new SdeParser(new CommonTokenStream(new ListTokenSource(visible)));
        parser.removeErrorListeners();
        return parser;
    }
}
