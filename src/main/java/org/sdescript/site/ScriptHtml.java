package org.sdescript.site;

import java.util.List;
import org.sdescript.algebra.MathMl;
import org.sdescript.syntax.EditorToken;

/** Scripts as HTML, coloured token by token as at the prompt. */
public final class ScriptHtml {
    private ScriptHtml() {}

    /** Returns the content of a {@code pre} element. */
    static String of(String script) {
        StringBuilder out = new StringBuilder();
        List<EditorToken> tokens = EditorToken.of(script);
        int done = 0;
        for (int i = 0; i < tokens.size(); i++) {
            EditorToken token = tokens.get(i);
            String style = style(tokens, i);
            String text = MathMl.escaped(token.text());
            out.append(MathMl.escaped(script.substring(done, token.start())))
                    .append(style.isEmpty() ? text : "<span class=\"" + style + "\">" + text + "</span>");
            done = token.end();
        }
        return out.append(MathMl.escaped(script.substring(done))).toString();
    }

    /** Returns the class of a token in the style of the site; empty for plain text. */
    public static String style(List<EditorToken> tokens, int at) {
        return switch (tokens.get(at).role()) {
            case KEYWORD -> "keyword";
            case NUMBER -> "number";
            case TEXT, OPEN_TEXT -> "string";
            case COMMENT -> "comment";
            case NAME -> isCalled(tokens, at) ? "call" : "";
            case OPENING, CLOSING, SIGN, NEWLINE, UNKNOWN -> "";
        };
    }

    private static boolean isCalled(List<EditorToken> tokens, int at) {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).text().equals("(")
                && tokens.get(at + 1).start() == tokens.get(at).end();
    }
}
