package org.sdescript.syntax.format;

import java.util.List;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Program;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/**
 * Writes scripts in one canonical form: two blanks of indentation, lines of at most {@value Typesetter#WIDTH}
 * characters where they can be broken, one statement per line, no parentheses except those that mean or show something.
 * Comments stay; so do blank lines between statements, at most one.
 */
public final class Formatter {
    private Formatter() {}

    /** Formats a text; a text with syntax errors is returned unchanged. */
    public static Formatted format(Source source) {
        return DeepStack.run(() -> {
            Parsed parsed = Parser.parse(source);
            if (parsed.hasErrors()) {
                return new Formatted(source.text(), parsed.diagnostics());
            }
            Source plain = plain(source);
            Program program = plain.text().equals(source.text())
                    ? parsed.program()
                    : Parser.parse(plain).orThrow();
            return new Formatted(canonical(plain, program), List.of());
        });
    }

    private static String canonical(Source source, Program program) {
        String text = print(program, SourceTrivia.of(source));
        requireSame(source, program, new Source(source.name(), text));
        return text;
    }

    /** Prints a tree, ignoring its spans. */
    public static String print(Program program) {
        return DeepStack.run(() -> print(program, SourceTrivia.none()));
    }

    private static String print(Program program, SourceTrivia original) {
        String text = CommentColumn.text(Typesetter.rows(new StatementPrinter(original).print(program)));
        return text.isBlank() ? "" : text;
    }

    /** The text with line ends of one kind and without a byte order mark. */
    private static Source plain(Source source) {
        String text = source.text().replace("\r\n", "\n").replace('\r', '\n');
        return new Source(source.name(), text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Parses the result and compares it with the original, because a loss here would be a loss in the user's file. */
    private static void requireSame(Source before, Program program, Source after) {
        boolean same = Parser.parse(after).orThrow().equals(program)
                && comments(before).equals(comments(after));
        if (!same) {
            throw new IllegalStateException("formatting would change what " + before + " says");
        }
    }

    /** The comments in alphabetical order: a broken line may exchange the places of two comments. */
    private static List<String> comments(Source source) {
        return Parser.comments(source).stream()
                .map(Span::text)
                .map(String::stripTrailing)
                .sorted()
                .toList();
    }
}
