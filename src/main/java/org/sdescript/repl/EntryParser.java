package org.sdescript.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.sdescript.workspace.CompletionContext;
import org.sdescript.workspace.EntryCompleteness;

/** Decides for JLine if Enter ends the entry or only a line, and finds the word at the cursor. */
final class EntryParser implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !EntryCompleteness.isWhole(line)) {
            throw new EOFError(-1, -1, "the entry goes on");
        }
        return new Line(
                line, cursor, CompletionContext.of(line.substring(0, cursor)).prefix());
    }

    @Override
    public boolean isEscapeChar(char ch) {
        return false; // a backslash belongs to the language's strings
    }

    /** A line whose only word is the one being completed; {@link CompletionContext} reads the text before it. */
    private record Line(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
