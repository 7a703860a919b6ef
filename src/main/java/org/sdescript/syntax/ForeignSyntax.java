package org.sdescript.syntax;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Repairs statements and operators of MATLAB, Julia, R, C and Python that are not a matter of single tokens. Each is
 * reported with the correct form; the rest of its line is skipped, or read with its meaning. {@link ForeignTokens} then
 * repairs single tokens.
 */
final class ForeignSyntax {
    private ForeignSyntax() {}

    static List<CommonToken> repaired(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        RepairedTokens tokens = new RepairedTokens(source, words, mistakes);
        ForeignStatements statements = new ForeignStatements(tokens);
        ForeignOperators operators = new ForeignOperators(tokens, statements);
        while (tokens.at() < words.size()) {
            CommonToken word = words.get(tokens.at());
            if (!TokenFacts.isVisible(word)) {
                tokens.written().add(word);
            } else if (!statements.repaired(word) && !operators.repaired(word)) {
                emitOrRefuse(word, tokens, mistakes);
            }
            tokens.skip();
        }
        return tokens.written();
    }

    /** Reports characters of other languages for which no correct form is known. */
    private static void emitOrRefuse(CommonToken word, RepairedTokens tokens, SyntaxErrors mistakes) {
        switch (word.getType()) {
            case SdeLexer.QUESTION, SdeLexer.TILDE, SdeLexer.APOSTROPHE ->
                mistakes.addOfSentence(
                        word.getStartIndex(),
                        Diagnostic.error(
                                "E0102",
                                tokens.place(word),
                                "the character `" + word.getText() + "` means nothing here"));
            default -> tokens.emit(word);
        }
    }
}
