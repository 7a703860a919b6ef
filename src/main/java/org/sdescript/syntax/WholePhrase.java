package org.sdescript.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.sdescript.syntax.grammar.SdeParser;

/** Decides if a phrase was parsed without an error of its own. Statements in its blocks are decided separately. */
final class WholePhrase {
    private WholePhrase() {}

    static boolean isWhole(ParserRuleContext phrase) {
        return phrase.exception == null
                && phrase.children != null
                && phrase.children.stream().allMatch(WholePhrase::isSound);
    }

    private static boolean isSound(ParseTree part) {
        return switch (part) {
            case ErrorNode lost -> false;
            case SdeParser.LineContext ownAffair -> true;
            case SdeParser.SdeLineContext ownAffair -> true;
            case SdeParser.EndContext ownAffair -> true;
            case ParserRuleContext phrase -> isWhole(phrase);
            default -> true;
        };
    }
}
