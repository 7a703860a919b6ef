package org.sdescript.repl;

import java.util.List;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.sdescript.syntax.EditorToken;

/** Colours the text being typed, token by token, in the terminal's own palette. */
final class Highlighting implements Highlighter {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle COMMAND = PLAIN.bold();

    private final boolean colours;

    Highlighting(boolean colours) {
        this.colours = colours;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        if (!colours) {
            return new AttributedString(buffer);
        }
        AttributedStringBuilder text = new AttributedStringBuilder();
        int command = commandEnd(buffer);
        text.append(buffer.substring(0, command), COMMAND);
        String entry = buffer.substring(command);
        List<EditorToken> words = EditorToken.of(entry);
        int done = 0;
        for (int i = 0; i < words.size(); i++) {
            EditorToken word = words.get(i);
            text.append(entry.substring(done, word.start()));
            text.append(word.text(), style(words, i));
            done = word.end();
        }
        text.append(entry.substring(done));
        return text.toAttributedString();
    }

    private static int commandEnd(String buffer) {
        if (!buffer.startsWith(":")) {
            return 0;
        }
        int blank = buffer.indexOf(' ');
        return blank < 0 ? buffer.length() : blank;
    }

    private static AttributedStyle style(List<EditorToken> words, int at) {
        return switch (words.get(at).role()) {
            case KEYWORD -> PLAIN.foreground(AttributedStyle.MAGENTA);
            case NUMBER -> PLAIN.foreground(AttributedStyle.CYAN);
            case TEXT, OPEN_TEXT -> PLAIN.foreground(AttributedStyle.GREEN);
            case COMMENT -> PLAIN.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
            case UNKNOWN -> PLAIN.foreground(AttributedStyle.RED).underline();
            case NAME -> isCalled(words, at) ? PLAIN.foreground(AttributedStyle.BLUE) : PLAIN;
            case OPENING, CLOSING, SIGN, NEWLINE -> PLAIN;
        };
    }

    private static boolean isCalled(List<EditorToken> words, int at) {
        return at + 1 < words.size()
                && words.get(at + 1).text().equals("(")
                && words.get(at + 1).start() == words.get(at).end();
    }
}
