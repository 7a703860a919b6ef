package org.sdescript.syntax.format;

import java.util.List;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Program;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/**
 * Writes scripts in one canonical form: two blanks of indentation, lines of at most {@value Typesetter#WIDTH} characters
 * where they can be broken, one statement on a line, no parentheses but those that mean or show something. Comments
 * stay, blank lines between statements too, one where there were more.
 */
public final class Formatter {
    private Formatter() {}

    /** A text with mistakes in its syntax stays as it is. */
    public static Formatted format(Source source) {
        return DeepStack.run(() -> {
            Parsed parsed = Parser.parse(source);
            return parsed.hasErrors()
                    ? new Formatted(source.text(), parsed.diagnostics())
                    : new Formatted(canonical(plain(source)), List.of());
        });
    }

    private static String canonical(Source source) {
        Program program = Parser.parse(source).orThrow();
        String text = print(program, Original.of(source));
        requireSame(source, program, new Source(source.name(), text));
        return text;
    }

    /** A tree as text; its spans are not looked at. */
    public static String print(Program program) {
        return DeepStack.run(() -> print(program, Original.none()));
    }

    private static String print(Program program, Original original) {
        String text = Margin.text(Typesetter.rows(new StatementPrinter(original).print(program)));
        return text.isBlank() ? "" : text;
    }

    /** With line ends of one kind, and without the mark that some editors set at the start. */
    private static Source plain(Source source) {
        String text = source.text().replace("\r\n", "\n").replace('\r', '\n');
        return new Source(source.name(), text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** What would be lost here would be lost in the user's file, so the result is read once more and compared. */
    private static void requireSame(Source before, Program program, Source after) {
        boolean same = Parser.parse(after).orThrow().equals(program)
                && comments(before).equals(comments(after));
        if (!same) {
            throw new IllegalStateException("formatting would change what " + before + " says");
        }
    }

    /** In the order of the alphabet: where a line was broken, a comment may have changed places with another. */
    private static List<String> comments(Source source) {
        return Parser.comments(source).stream()
                .map(Span::text)
                .map(String::stripTrailing)
                .sorted()
                .toList();
    }
}
