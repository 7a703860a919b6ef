package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.sdescript.syntax.grammar.SdeLexer;

/** Tracks the braces of a text before parsing: decides which hold equations, which statements. */
final class SdeBodies {
    private enum Kind {
        EQUATIONS,
        STATEMENTS,
        RECORD
    }

    private final Deque<Kind> open = new ArrayDeque<>();
    private final Set<CommonToken> statements = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean sdeAhead;

    /** True directly after a {@code local} that starts a statement. */
    private boolean localBefore;

    private int parentheses;

    /** @param last type of the token before */
    void follow(int last, CommonToken word) {
        boolean first = last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE;
        switch (word.getType()) {
            case SdeLexer.NAME -> {
                // inside parentheses, a name at the start of a line is an argument's
                if ((first || localBefore) && parentheses == 0 && word.getText().equals("sde")) {
                    sdeAhead = true;
                }
                localBefore = first && word.getText().equals("local");
            }
            case SdeLexer.LPAREN, SdeLexer.LBRACKET -> parentheses++;
            case SdeLexer.RPAREN, SdeLexer.RBRACKET -> parentheses--;
            case SdeLexer.LBRACE -> opened(last, word);
            case SdeLexer.RBRACE -> open.poll();
            case SdeLexer.NEWLINE -> sdeAhead &= parentheses > 0;
            default -> {}
        }
    }

    private void opened(int last, CommonToken brace) {
        boolean body = sdeAhead && parentheses == 0;
        boolean record = !body && (parentheses > 0 || startsValue(last));
        open.push(body ? Kind.EQUATIONS : record ? Kind.RECORD : Kind.STATEMENTS);
        sdeAhead &= !body;
        if (!record) {
            statements.add(brace);
        }
    }

    /** True for a token before a value: a brace after it opens a record. */
    private static boolean startsValue(int last) {
        return TokenFacts.isBinaryOperator(last)
                || switch (last) {
                    case SdeLexer.ASSIGN,
                            SdeLexer.LPAREN,
                            SdeLexer.LBRACKET,
                            SdeLexer.COMMA,
                            SdeLexer.COLON,
                            SdeLexer.ARROW,
                            SdeLexer.RETURN -> true;
                    default -> false;
                };
    }

    /** True inside the body of an sde. */
    boolean inside() {
        return open.contains(Kind.EQUATIONS);
    }

    /** True directly inside the braces of a record. */
    boolean inRecord() {
        return open.peek() == Kind.RECORD;
    }

    boolean opensStatements(CommonToken brace) {
        return statements.contains(brace);
    }
}
